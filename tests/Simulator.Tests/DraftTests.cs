using System.Text.Json;

namespace EnterpriseHub.Simulator.Tests;

public sealed class DraftTests(SimulatorHost host) : IClassFixture<SimulatorHost>
{
    [Fact]
    public async Task Asks_the_first_question_that_the_new_messages_do_not_answer()
    {
        var draft = await DraftAsync("We're moving because of a new job.\nAbout 45 days is fine.");
        Assert.Equal("condition", draft.GetProperty("asks").GetString());
        Assert.EndsWith("What shape is the house in?", draft.GetProperty("reply").GetString());
        Assert.False(draft.GetProperty("needs_human").GetBoolean());
    }

    [Fact]
    public async Task Asks_buy_or_sell_until_it_is_said()
    {
        const string question = "intent: Are you looking to buy a home or to sell one?";
        Assert.Equal("intent", (await DraftAsync("Hello there", questions: question)).GetProperty("asks").GetString());
        Assert.Equal("none", (await DraftAsync("I want to sell my house", questions: question)).GetProperty("asks").GetString());
    }

    [Fact]
    public async Task Never_repeats_an_amount()
    {
        Assert.DoesNotContain("450", (await DraftAsync("I want $450k")).GetProperty("reply").GetString());
    }

    [Fact]
    public async Task Offers_a_call_when_nothing_is_open()
    {
        var draft = await DraftAsync("thanks", questions: "");
        Assert.Equal("none", draft.GetProperty("asks").GetString());
        Assert.Contains("call", draft.GetProperty("reply").GetString());
    }

    [Fact]
    public async Task Names_every_reference_of_the_new_messages_in_order()
    {
        var draft = await DraftAsync("I want to sell ref 1002\nsoon please ref 1001");
        Assert.EndsWith(" (ref 1002, ref 1001)", draft.GetProperty("reply").GetString());
    }

    [Fact]
    public async Task A_wish_for_a_person_is_handed_over_without_a_question()
    {
        var draft = await DraftAsync("Can I talk to a person? call me");
        Assert.True(draft.GetProperty("needs_human").GetBoolean());
        Assert.Equal("none", draft.GetProperty("asks").GetString());
    }

    [Fact]
    public async Task Answers_Spanish_in_Spanish()
    {
        var draft = await DraftAsync("Hola, quiero vender mi casa");
        Assert.Contains("¿Qué le hace pensar en mudarse?", draft.GetProperty("reply").GetString());
    }

    [Fact]
    public async Task Stays_under_300_characters()
    {
        var draft = await DraftAsync(string.Join(' ', Enumerable.Repeat("because of my job and my family and the weather", 40)) + " ref 77", questions: "other: " + new string('q', 400));
        var reply = draft.GetProperty("reply").GetString()!;
        Assert.InRange(reply.Length, 1, 299);
        Assert.EndsWith("(ref 77)", reply);
    }

    private async Task<JsonElement> DraftAsync(string messages, string questions = Prompts.Questions) =>
        Prompts.Text((await host.AskAsync(Prompts.DraftReply(messages, questions: questions))).Body);
}
