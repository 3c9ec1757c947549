using System.Text.Json;

namespace EnterpriseHub.Simulator.Tests;

public sealed class AnalysisTests(SimulatorHost host) : IClassFixture<SimulatorHost>
{
    [Theory]
    [InlineData("I want to sell my house", "seller")]
    [InlineData("We're looking for a condo to buy", "buyer")]
    [InlineData("Quiero vender mi casa", "seller")]
    [InlineData("STOP", "opt_out")]
    [InlineData("please stop texting me", "opt_out")]
    [InlineData("Can I talk to a real person?", "human_request")]
    [InlineData("Quiero hablar con alguien", "human_request")]
    [InlineData("Can we schedule a showing tomorrow?", "appointment")]
    [InlineData("What are your fees?", "question")]
    [InlineData("Hello!", "greeting")]
    [InlineData("no thanks", "not_interested")]
    [InlineData("lol", "other")]
    public async Task Reads_the_intent(string message, string intent) =>
        Assert.Equal(intent, (await ReadAsync(message)).GetProperty("intent").GetString());

    [Theory]
    [InlineData("We are relocating to Austin for a new job", "motivation", "We are relocating to Austin for a new job")]
    [InlineData("We are relocating to Austin for a new job", "destination", "Austin")]
    [InlineData("Selling in 30-45 days works", "timeline", "30-45 days")]
    [InlineData("It needs a new roof", "condition", "needs work")]
    [InlineData("totally move-in ready", "condition", "move-in ready")]
    [InlineData("I'd want $450k", "price", "450000")]
    [InlineData("looking for 1,250,000", "price", "1250000")]
    [InlineData("It's 1234 Haven Ave", "address", "1234 Haven Ave")]
    [InlineData("something in Rancho Cucamonga please", "area", "Rancho Cucamonga")]
    [InlineData("3 bedrooms and 2 baths", "bedrooms", "3")]
    [InlineData("3 bedrooms and 2 baths", "bathrooms", "2")]
    [InlineData("tres recámaras", "bedrooms", "3")]
    [InlineData("we're pre-approved", "financing", "pre_approved")]
    [InlineData("paying cash", "financing", "cash")]
    [InlineData("en 45 días", "timeline", "45 días")]
    public async Task Reads_a_fact(string message, string name, string value) =>
        Assert.Equal(value, (await ReadAsync(message)).GetProperty("entities").GetProperty(name).ToString());

    [Theory]
    [InlineData("Nos gusta cerca de Claremont.", "es")]
    [InlineData("Hasta $730 mil.", "es")]
    [InlineData("Es 9926 Haven Ave.", "es")]
    [InlineData("Somewhere in Los Angeles", "en")]
    [InlineData("$450k and no less", "en")]
    public async Task Reads_the_language(string message, string language) =>
        Assert.Equal(language, (await ReadAsync(message)).GetProperty("language").GetString());

    [Fact]
    public async Task Reads_a_budget_from_a_buyer()
    {
        var entities = Prompts.Text((await host.AskAsync(Prompts.Analyse("somewhere around 300-350k", mode: "buyer"))).Body).GetProperty("entities");
        Assert.Equal(300_000, entities.GetProperty("budget_min").GetDecimal());
        Assert.Equal(350_000, entities.GetProperty("budget_max").GetDecimal());
        Assert.Equal(JsonValueKind.Null, entities.GetProperty("price").ValueKind);
    }

    [Fact]
    public async Task A_bare_yes_answers_the_question_that_was_asked_last()
    {
        var body = Prompts.Analyse("Yes that works", known: "motivation: new job", questions: "timeline: Would selling within 30 to 45 days work for you?\nprice: What price?");
        Assert.True(Prompts.Text((await host.AskAsync(body)).Body).GetProperty("entities").GetProperty("timeline_accepted").GetBoolean());
    }

    [Fact]
    public async Task A_short_answer_belongs_to_the_assistants_last_question_in_the_history()
    {
        const string history = "<history>\nlead: hi\nassistant: Thanks, Maria. What shape is the house in?\n</history>\n<messages>";
        var body = Prompts.Analyse("pretty tired honestly &amp; old");
        var content = body["messages"]![0]!["content"]!.GetValue<string>().Replace("<messages>", history, StringComparison.Ordinal);
        body["messages"]![0]!["content"] = content;
        var entities = Prompts.Text((await host.AskAsync(body)).Body).GetProperty("entities");
        Assert.Equal("pretty tired honestly & old", entities.GetProperty("condition").GetString());
        Assert.Equal(JsonValueKind.Null, entities.GetProperty("motivation").ValueKind);
    }

    [Fact]
    public async Task Reads_language_feelings_and_needs()
    {
        var angry = await ReadAsync("This is ridiculous, too low! Let me speak to a human");
        Assert.Equal("negative", angry.GetProperty("sentiment").GetString());
        Assert.True(angry.GetProperty("needs_human").GetBoolean());
        Assert.Equal("price", angry.GetProperty("objections")[0].GetString());
        var spanish = await ReadAsync("Hola, necesito vender cuanto antes, gracias");
        Assert.Equal("es", spanish.GetProperty("language").GetString());
        Assert.Equal("high", spanish.GetProperty("urgency").GetString());
        Assert.Equal("positive", spanish.GetProperty("sentiment").GetString());
        Assert.True((await ReadAsync("STOP")).GetProperty("opt_out").GetBoolean());
    }

    private async Task<JsonElement> ReadAsync(string message) => Prompts.Text((await host.AskAsync(Prompts.Analyse(message))).Body);
}
