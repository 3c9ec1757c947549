using EnterpriseHub.Model.Tests.Ports;
using EnterpriseHub.Model.Tests.Running;
using EnterpriseHub.Model.Tests.Scenarios;

namespace EnterpriseHub.Model.Tests.Judging;

/// <summary>Holds the promises against what GHL got and kept.</summary>
internal sealed class Oracle(World world)
{
    private readonly IReadOnlyList<TurnFacts> _turns = FactReader.Turns(world.Store);
    private readonly IReadOnlyList<TextFacts> _texts = FactReader.Texts(world.Store);
    private readonly List<string> _residual = [];

    private static readonly TimeSpan HoldAfter = TimeSpan.FromMinutes(15);

    public const string LateSave = "a post was saved after the last read";

    /// <summary>Residual risks that came about.</summary>
    public IReadOnlyList<string> Residual => _residual;

    private GhlLedger Ledger => world.Ghl.Ledger;

    public void Judge()
    {
        // What did not come to rest has not ended yet: the rest is judged only of whole runs.
        JudgeStop();
        JudgeTwins();
        if (world.Findings.Count > 0)
        {
            return;
        }
        JudgeTexts();
        JudgeOrder();
        JudgeEndings();
    }

    /// <summary>At most one saved message a turn, and one a text.</summary>
    private void JudgeTwins()
    {
        foreach (var twins in Ledger.Saved.Where(message => message.TurnId is not null).GroupBy(message => message.TurnId!).Where(group => group.Count() > 1))
        {
            Report(IsLate(twins.Key), $"Turn {twins.Key} was sent {twins.Count()} times: {string.Join(" | ", twins.Select(message => message.Id))}.");
        }
        foreach (var blind in Ledger.Posts.Where(post => post.Outcome is not (PostOutcome.Limited or PostOutcome.Unauthorized or PostOutcome.Dnd))
            .GroupBy(post => post.TurnId).Where(group => group.Count() > 2))
        {
            world.Findings.Add($"Turn {blind.Key} was posted {blind.Count()} times without a definite no; once and once more is the most.");
        }
        var answers = Ledger.Saved.Where(message => message.TurnId is not null).SelectMany(message => Words.AnsweredBy(message.Text).Select(word => (word, message.TurnId)));
        foreach (var text in answers.Distinct().GroupBy(answer => answer.word).Where(group => group.Count() > 1))
        {
            Report(text.Any(answer => IsLate(answer.TurnId!)), $"The text '{text.Key}' was answered by {text.Count()} turns.");
        }
    }

    /// <summary>Every acknowledged text has one turn that answered it or says why not.</summary>
    private void JudgeTexts()
    {
        foreach (var written in world.Leads.All.Where(written => written.Acknowledged is not null))
        {
            var text = _texts.SingleOrDefault(text => text.MessageKey == written.MessageId);
            if (text?.Arrival is not { } arrival)
            {
                world.Findings.Add($"'{written.Text}' was acknowledged and never reached the orchestrator.");
                continue;
            }
            var turn = _turns.FirstOrDefault(turn => turn.ConversationId == text.ConversationId && turn.Delivery != "superseded" && turn.AnswersUpTo >= arrival);
            if (turn is null)
            {
                world.Findings.Add($"'{written.Text}' was acknowledged and no turn stands for it.");
                continue;
            }
            var saved = Ledger.OfTurn(turn.TurnId).ToList();
            if (turn.State == "sent" && saved.Count == 0)
            {
                world.Findings.Add($"Turn {turn.TurnId} counts as sent, and GHL never saved it.");
            }
            if (turn.State == "sent" && saved.Count > 0 && written.Word is { } word && Words.AnsweredBy(saved[0].Text) is { Count: > 0 } words && !words.Contains(word))
            {
                world.Findings.Add($"The turn that stands for '{written.Text}' says: {saved[0].Text}");
            }
        }
        foreach (var conversation in _texts.GroupBy(text => text.ConversationId).Where(group => group.Select(text => text.Arrival).Distinct().Count() != group.Count()))
        {
            world.Findings.Add($"Two texts of {conversation.Key} have one arrival.");
        }
    }

    /// <summary>Replies of a conversation were saved in the order of what they answer.</summary>
    private void JudgeOrder()
    {
        var turns = _turns.ToDictionary(turn => turn.TurnId);
        foreach (var conversation in Ledger.Saved.Where(message => message.TurnId is not null).GroupBy(message => message.ConversationId))
        {
            foreach (var (before, after) in conversation.Zip(conversation.Skip(1)))
            {
                if (turns[before.TurnId!].AnswersUpTo > turns[after.TurnId!].AnswersUpTo)
                {
                    Report(IsLate(after.TurnId!), $"In {conversation.Key} the reply {after.Id} came after {before.Id}, which answers later texts.");
                }
            }
        }
    }

    /// <summary>No ending without a cause in the scenario, and none of which the orchestrator was told otherwise.</summary>
    private void JudgeEndings()
    {
        var kinds = world.Scenario.Inputs.Select(input => input.Kind).ToHashSet();
        var outcomes = Ledger.Posts.Select(post => post.Outcome).ToHashSet();
        foreach (var turn in _turns)
        {
            if (turn.Delivery != (turn.State ?? "none"))
            {
                world.Findings.Add($"Turn {turn.TurnId} is {turn.Delivery} to the orchestrator and {turn.State ?? "unknown"} to the gateway.");
            }
            var reason = turn.State is null ? turn.Reason : turn.StateReason;
            var explained = (turn.State ?? turn.Decision, reason) switch
            {
                ("sent" or "superseded", _) => true,
                ("suppressed" or "stay_silent", "opt_out") => kinds.Contains(InputKind.Stop),
                ("suppressed" or "stay_silent", "takeover") => kinds.Contains(InputKind.Human),
                ("suppressed", "dnd") => outcomes.Contains(PostOutcome.Dnd),
                ("held", "unconfirmed") => outcomes.Overlaps(Enum.GetValues<PostOutcome>().Except([PostOutcome.Ok, PostOutcome.Dnd])) || world.Scenario.Faults.Count > 0,
                ("held", "needs_reconnect") => outcomes.Contains(PostOutcome.Unauthorized),
                // The clock leapt over the age of what was read, again and again, until it was too long.
                ("held", "contact_unknown") => world.Clock.Elapsed > HoldAfter,
                _ => false,
            };
            if (!explained)
            {
                world.Findings.Add($"Turn {turn.TurnId} ended {turn.State ?? turn.Decision} ({reason}), and nothing in the scenario explains it.");
            }
        }
    }

    private void JudgeStop()
    {
        foreach (var (post, stop, isInFlight) in AfterStop.Of(Ledger.Posts, world.Leads.All))
        {
            Report(isInFlight, $"Turn {post.TurnId} was posted after the STOP {stop.MessageId} was acknowledged.", AfterStop.InFlight);
        }
    }

    private bool IsLate(string turnId) => Ledger.Posts.Any(post => post.TurnId == turnId && post.Outcome == PostOutcome.SavedAfterLastRead);

    private void Report(bool isResidual, string finding, string residual = LateSave)
    {
        if (isResidual)
        {
            _residual.Add(residual);
        }
        else
        {
            world.Findings.Add(finding);
        }
    }
}
