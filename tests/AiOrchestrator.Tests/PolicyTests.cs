using EnterpriseHub.AiOrchestrator.Qualification;
using EnterpriseHub.AiOrchestrator.Tests.Support;
using FsCheck;
using FsCheck.Fluent;

namespace EnterpriseHub.AiOrchestrator.Tests;

public sealed class PolicyTests
{
    private static readonly (string, string)[] Four = [("motivation", "job"), ("timeline_accepted", "yes"), ("condition", "good"), ("price", "650000")];

    [Theory]
    [InlineData(Mode.Seller, 4, Temperature.Hot)]
    [InlineData(Mode.Seller, 3, Temperature.Warm)]
    [InlineData(Mode.Seller, 2, Temperature.Cold)]
    [InlineData(Mode.Lead, 4, Temperature.Cold)]
    internal void A_seller_is_hot_with_all_four_answers(Mode mode, int answers, Temperature expected) =>
        Assert.Equal(expected, TemperaturePolicy.Of(mode, Lead.Knows([.. Four.Take(answers)])));

    [Fact]
    public void Four_answers_with_a_refused_timeline_are_warm() =>
        Assert.Equal(Temperature.Warm, TemperaturePolicy.Of(Mode.Seller, Lead.Knows(Four).With([KeyValuePair.Create("timeline_accepted", "no")])));

    [Theory]
    [InlineData("pre-approved", Temperature.Hot)]
    [InlineData("cash", Temperature.Hot)]
    [InlineData("needs approval", Temperature.Warm)]
    [InlineData("not pre-approved", Temperature.Warm)]
    internal void A_buyer_is_hot_with_all_answers_and_the_money_ready(string financing, Temperature expected) => Assert.Equal(expected, TemperaturePolicy.Of(
        Mode.Buyer, Lead.Knows(("area", "Ontario"), ("budget_max", "500000"), ("bedrooms", "3"), ("financing", financing), ("timeline", "June"))));

    [Fact]
    public void More_answers_never_cool_a_lead_down() => Prop.ForAll(
        Gen.SubListOf(Four.Select(pair => pair.Item1).ToArray()).ToArbitrary(), Gen.Elements(Four).ToArbitrary(), (some, more) =>
        {
            var before = Lead.Knows([.. Four.Where(pair => some.Contains(pair.Item1))]);
            var after = before.With([KeyValuePair.Create(more.Item1, more.Item2)]);
            return TemperaturePolicy.Of(Mode.Seller, after) >= TemperaturePolicy.Of(Mode.Seller, before);
        }).QuickCheckThrowOnFailure();

    [Theory]
    [InlineData(false, "off")]
    [InlineData(true, "off", "NEEDS  qualifying ")]
    [InlineData(false, "off", "Needs Qualifying", "ai-off")]
    [InlineData(true, "on")]
    [InlineData(true, "ON", "whatever")]
    [InlineData(false, "on", " STOP-bot ")]
    public void Activation_needs_an_on_tag_or_the_default_and_no_off_tag(bool on, string @default, params string[] tags) =>
        Assert.Equal(on, ActivationPolicy.IsOn(tags, Lead.Profile(@default: @default).Activation));

    [Theory]
    [InlineData(Mode.Buyer, null, null, "Seller-Lead", "buyer-lead")]
    [InlineData(Mode.Seller, "buy", null, "seller-lead")]
    [InlineData(Mode.Buyer, "buy", null)]
    [InlineData(Mode.Seller, "question", Mode.Seller)]
    [InlineData(Mode.Buyer, "buy", Mode.Seller)]
    [InlineData(Mode.Lead, "question", null)]
    internal void A_buyer_tag_beats_a_seller_tag_beats_words_beats_the_past(Mode expected, string? intent, Mode? before, params string[] tags) =>
        Assert.Equal(expected, ModePolicy.Of(tags, Lead.Profile().Activation, intent, before));

    [Fact]
    public void Every_question_is_one_question_in_both_languages() => Assert.All(
        SellerQuestions.All.Concat(BuyerQuestions.All).Concat(QuestionCatalogue.Of(Mode.Lead)).SelectMany(question => new[] { question.English, question.Spanish }),
        text => Assert.Equal(1, text.Count(letter => letter == '?')));

    [Theory]
    [InlineData("¿Cuál es la dirección de la propiedad?", Language.Spanish)]
    [InlineData("What is the address of the property?", Language.English)]
    [InlineData("Ok", null)]
    internal void The_language_is_told_by_small_words(string text, Language? expected) => Assert.Equal(expected, Languages.Of(text));
}
