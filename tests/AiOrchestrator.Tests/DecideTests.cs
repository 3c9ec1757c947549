using EnterpriseHub.AiOrchestrator.Claude;
using EnterpriseHub.AiOrchestrator.Guardrails;
using EnterpriseHub.AiOrchestrator.Qualification;
using EnterpriseHub.AiOrchestrator.ReplyToMessage;
using EnterpriseHub.AiOrchestrator.Tests.Support;
using EnterpriseHub.Contracts.Crm;
using FsCheck;
using FsCheck.Fluent;

namespace EnterpriseHub.AiOrchestrator.Tests;

/// <summary>Properties of the decision over made-up facts.</summary>
public sealed class DecideTests
{
    private static readonly string[] Replies =
    [
        "Thanks! What is the address of the property?", "", "  ", "Great. Why sell? And when?", "Call 909-555-0100", "It is worth $1,200,000", "¿Cuál es la dirección de la casa?",
        new string('a', 900), string.Concat(Enumerable.Repeat("This is a sentence of the reply. ", 40)) + "What price would make you happy?", "Go to http://x.example", "Ok.",
    ];

    private static readonly Gen<Facts> AnyFacts =
        from text in Gen.Elements("Hello", "I want to sell for 650k", "quiero vender mi casa", "", "STOP")
        from channel in Gen.Elements("SMS", "Email", "WhatsApp")
        from tags in Gen.SubListOf("needs qualifying", "AI-Off", "Seller-Lead", "Buyer-Lead", "Hot-Lead", "cold-seller")
        from known in Gen.Frequency((4, Gen.Constant(true)), (1, Gen.Constant(false)))
        from dnd in Gen.Frequency((6, Gen.Constant(false)), (1, Gen.Constant(true)))
        from optedOut in Gen.Frequency((6, Gen.Constant(false)), (1, Gen.Constant(true)))
        from takenOver in Gen.Frequency((6, Gen.Constant(false)), (1, Gen.Constant(true)))
        from answered in Gen.SubListOf(LeadFields.Told.ToArray())
        from told in Gen.SubListOf(LeadFields.Told.ToArray())
        from intent in Gen.Elements("sell", "buy", "question", "human_request", "opt_out", "other")
        from language in Gen.Elements("en", "es", "other")
        from human in Gen.Frequency((6, Gen.Constant(false)), (1, Gen.Constant(true)))
        from optOut in Gen.Frequency((8, Gen.Constant(false)), (1, Gen.Constant(true)))
        from reply in Gen.Elements(Replies)
        from asks in Gen.Elements(QuestionCatalogue.Keys.Append("none").Append("nonsense").ToArray())
        from asked in Gen.SubListOf(QuestionCatalogue.Keys.ToArray())
        from model in Gen.Frequency((5, Gen.Constant(true)), (1, Gen.Constant(false)))
        select new Facts
        {
            Turn = Lead.Turn(text, channel) with { OptedOut = optedOut, TakenOver = takenOver, Asked = asked.ToDictionary(key => key, _ => 2) },
            Contact = Lead.Contact([.. tags, "x"]) with { Known = known, Dnd = dnd },
            Qualification = Lead.Knows([.. answered.Select(Told)]),
            Analysis = model ? new Analysis { Intent = intent, Sentiment = "neutral", Urgency = "low", Language = language, NeedsHuman = human, OptOut = optOut, Facts = told.Select(Told).ToDictionary(pair => pair.Field, pair => pair.Value) } : null,
            Draft = model ? new Draft(reply, asks, false) : null,
            WithoutModel = model ? null : "model_unavailable",
        };

    [Fact]
    public void Nothing_is_said_to_whom_nothing_may_be_said() => Holds((facts, verdict) =>
        MaySpeak(facts) || verdict.Decision.Reply is null);

    [Fact]
    public void An_unknown_contact_is_never_texted() => Holds((facts, verdict) =>
        facts.Contact.Known || verdict.Decision is Decision.Retry or Decision.StaySilent);

    [Fact]
    public void A_reply_fits_its_channel_and_is_never_empty() => Holds((facts, verdict) =>
        verdict.Decision.Reply is not { } reply || (reply.Trim().Length > 0 && reply.Length <= SmsText.LimitOf(facts.Turn.Channel)));

    [Fact]
    public void A_reply_asks_one_question_at_most() => Holds((_, verdict) =>
        (verdict.Decision.Reply ?? "").Count(letter => letter == '?') <= 1);

    [Fact]
    public void What_is_known_is_never_asked_nor_a_question_a_third_time() => Holds((facts, verdict) =>
        verdict.Decision.AsksKey is not { } key
        || (QuestionCatalogue.Of(verdict.Mode).Single(question => question.Key == key) is var question
            && !question.IsAnswered(verdict.Qualification) && facts.Turn.Asked.GetValueOrDefault(key) < QuestionCatalogue.MostAsked));

    [Fact]
    public void No_link_no_phone_number_and_no_invented_amount_goes_out() => Holds((facts, verdict) =>
        verdict.Decision.Reply is not { } reply
        || ReplyRules.Broken(reply, [.. facts.Turn.Unanswered.Select(said => said.Text), .. verdict.Qualification.Known.Values]) is null);

    [Fact]
    public void What_is_known_is_never_forgotten() => Holds((facts, verdict) =>
        facts.Qualification.Known.Keys.All(verdict.Qualification.Has));

    [Fact]
    public void A_request_for_a_person_or_to_stop_is_always_heard() => Holds((facts, verdict) =>
        !MaySpeak(facts) || facts.Analysis is not { } analysis
        || (analysis.Intent == "opt_out" || analysis.OptOut ? verdict.OptOutRequested
            : !(analysis.NeedsHuman || analysis.Intent == "human_request") || verdict.Decision is Decision.HandOver));

    [Fact]
    public void The_same_facts_give_the_same_decision() => Holds((facts, verdict) => Decide.Next(facts) is var again
        && again.Decision == verdict.Decision && again.Mode == verdict.Mode && again.Temperature == verdict.Temperature);

    [Fact]
    public void A_silent_turn_commands_nothing_and_no_tag_is_both_added_and_removed() => Holds((facts, verdict) =>
    {
        var commands = CrmCommands.After("t1", facts, verdict);
        var added = commands.OfType<AddTags>().SelectMany(command => command.Tags).Select(Tags.Normal).ToList();
        var removed = commands.OfType<RemoveTags>().SelectMany(command => command.Tags).Select(Tags.Normal).ToList();
        return (verdict.Decision is not Decision.StaySilent || verdict.OptOutRequested || commands.Count == 0)
            && !added.Intersect(removed).Any() && added.Distinct().Count() == added.Count;
    });

    [Fact]
    public void A_template_speaks_the_language_of_the_lead() => Holds((facts, verdict) =>
        verdict.Decision is not Decision.Redraft redraft || Languages.Of(redraft.Text) is not { } spoken || spoken == verdict.Language || redraft.Reason == "question_replaced");

    [Fact]
    public void A_draft_that_did_not_know_the_mode_gets_the_right_question()
    {
        var facts = new Facts
        {
            Turn = Lead.Turn("Do you make cash offers? I need to sell a house."),
            Contact = Lead.Contact("needs qualifying"),
            Analysis = new Analysis { Intent = "sell", Sentiment = "neutral", Urgency = "low", Language = "en" },
            Draft = new Draft("Thanks, I noted the kind of home. Shall we set up a quick call?", "none", false) { WrittenFor = Mode.Lead },
        };
        Assert.Equal("Thanks, I noted the kind of home. What is the address of the property?", Decide.Next(facts).Decision.Reply);
        Assert.Equal(facts.Draft.Reply, Decide.Next(facts with { Draft = facts.Draft with { WrittenFor = Mode.Seller } }).Decision.Reply);
    }

    private static bool MaySpeak(Facts facts) => facts.Contact is { Known: true, Dnd: false } && facts.Turn is { OptedOut: false, TakenOver: false }
        && ActivationPolicy.IsOn(facts.Contact.Tags, facts.Turn.Profile.Activation);

    private static (string Field, string Value) Told(string field) => field switch
    {
        LeadFields.TimelineAccepted => (field, "yes"),
        LeadFields.Price or LeadFields.BudgetMax or LeadFields.BudgetMin => (field, "650000"),
        LeadFields.Financing => (field, "pre-approved"),
        _ => (field, "something"),
    };

    private static void Holds(Func<Facts, Verdict, bool> property) =>
        Prop.ForAll(AnyFacts.ToArbitrary(), facts => property(facts, Decide.Next(facts)))
            .Check(Config.QuickThrowOnFailure.WithMaxTest(2_000));
}
