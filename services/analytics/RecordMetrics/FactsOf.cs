using EnterpriseHub.Contracts.Contacts;
using EnterpriseHub.Contracts.Conversations;
using EnterpriseHub.Contracts.Crm;
using EnterpriseHub.Contracts.Operations;
using EnterpriseHub.Contracts.Scoring;

namespace EnterpriseHub.Analytics.RecordMetrics;

/// <summary>What each message adds to the books. Pure; no text of a message passes through here.</summary>
internal static class FactsOf
{
    private static readonly HashSet<string> ShownContactChanges = ["created", "deleted", "dnd"];

    public static FactSet Message(InboundMessageAccepted message)
    {
        var outcome = message.IsOptOut ? "opt_out" : message.IsLate ? "late" : "live";
        var at = Ms(message.AcceptedAt);
        return new FactSet(Key(message.LocationId, at, "message", outcome))
        {
            Id = message.EventId,
            Samples = [Path(message.LocationId, "acknowledge", message.AcceptedAt - message.ReceivedAt, at)],
            Activity = new Happened(message.LocationId, "message", outcome, message.Channel, message.ContactId, message.ConversationId, 0, at),
            Rows = [LeadChanges.Wrote(message), LocationChanges.Named(message.LocationId, message.Location.Name)],
        };
    }

    public static FactSet Message(TurnDecided turn)
    {
        var at = Ms(turn.DecidedAt);
        return new FactSet(Key(turn.LocationId, at, "turn", turn.Decision, turn.Reason))
        {
            Amount = turn.CostMicroUsd,
            Samples =
            [
                Path(turn.LocationId, "decide", turn.DecidedAt - turn.ReceivedAt, at),
                .. turn.Steps.Select(step => new LatencySample(turn.LocationId, "step", step.Step, step.Outcome, Math.Max(0, step.Ms), at)),
            ],
            Activity = new Happened(turn.LocationId, "turn", turn.Decision, turn.Reason, turn.ContactId, turn.ConversationId, turn.CostMicroUsd, at),
            Rows = turn.Decision == "send" ? [LeadChanges.Decided(turn), ReplyChanges.Decided(turn)] : [LeadChanges.Decided(turn)],
        };
    }

    public static FactSet Message(ReplySettled reply)
    {
        var at = Ms(reply.At);
        var state = reply.State.ToString().ToLowerInvariant();
        return new FactSet(Key(reply.LocationId, at, "reply", state, reply.Reason))
        {
            Id = $"reply {reply.TurnId} {state}",
            // Received to answered by GHL: what the lead waited for, settle window and quiet hours included.
            Samples = reply.State == ReplyState.Sent && (Stage(reply, "answered") ?? Stage(reply, "posted")) is { } ms
                ? [Path(reply.LocationId, "end_to_end", TimeSpan.FromMilliseconds(ms), at)]
                : [],
            Activity = new Happened(reply.LocationId, "reply", state, reply.Reason ?? "", reply.ContactId, reply.ConversationId, 0, at),
            Rows = [LeadChanges.Settled(reply, state), ReplyChanges.Settled(reply, state)],
        };
    }

    public static FactSet Message(CrmActionSettled action)
    {
        var at = Ms(action.At);
        return new FactSet(Key(action.LocationId, at, "crm", action.State, action.Action))
        {
            Activity = new Happened(action.LocationId, "crm", action.State, action.Action, action.ContactId, null, 0, at),
        };
    }

    public static FactSet Message(LeadScored scored)
    {
        var at = Ms(scored.At);
        var outcome = scored.Score is null ? "withdrawn" : "scored";
        return new FactSet(Key(scored.LocationId, at, "score", outcome))
        {
            Activity = scored.Score is { } score ? new Happened(scored.LocationId, "score", outcome, scored.Model, scored.ContactId, null, score, at) : null,
            Rows = [LeadChanges.Scored(scored)],
        };
    }

    public static FactSet Message(OptOutRecorded change)
    {
        var at = Ms(change.At);
        var outcome = change.OptedOut ? "out" : "in";
        return new FactSet(Key(change.LocationId, at, "opt_out", outcome))
        {
            Activity = new Happened(change.LocationId, "opt_out", outcome, "", change.ContactId, null, 0, at),
            Rows = [LeadChanges.OptedOut(change)],
        };
    }

    public static FactSet Message(OutboundMessageObserved message)
    {
        var at = Ms(message.SentAt);
        var outcome = message.ByHuman ? "person" : "automation";
        return new FactSet(Key(message.LocationId, at, "outbound", outcome))
        {
            Activity = new Happened(message.LocationId, "outbound", outcome, message.Channel, message.ContactId, message.ConversationId, 0, at),
            Rows = message.ByHuman ? [LeadChanges.TakenOver(message)] : [],
        };
    }

    public static FactSet Message(ContactChanged change)
    {
        var at = Ms(change.At);
        return new FactSet(Key(change.LocationId, at, "contact", change.Change))
        {
            Activity = ShownContactChanges.Contains(change.Change)
                ? new Happened(change.LocationId, "contact", change.Change, "", change.ContactId, null, 0, at)
                : null,
            Rows = change.Change == "deleted" ? [LeadChanges.Deleted(change)] : [],
        };
    }

    public static FactSet Message(CrmRecordChanged change)
    {
        var at = Ms(change.At);
        return new FactSet(Key(change.LocationId, at, "record", change.Change, change.Kind))
        {
            Activity = new Happened(change.LocationId, "record", change.Change, change.Kind, change.ContactId, null, 0, at),
        };
    }

    public static FactSet Message(LocationLifecycleChanged change)
    {
        var at = Ms(change.At);
        return new FactSet(Key(change.LocationId, at, "location", change.Change))
        {
            Activity = new Happened(change.LocationId, "location", change.Change, "", null, null, 0, at),
            Rows = [LocationChanges.Changed(change)],
        };
    }

    public static FactSet Message(AlertRaised alert)
    {
        var at = Ms(alert.At);
        return new FactSet(Key(alert.LocationId, at, "alert", alert.Kind))
        {
            Amount = alert.Count,
            Activity = new Happened(alert.LocationId, "alert", alert.Kind, "", null, null, alert.Count, at),
        };
    }

    private static CountKey Key(string locationId, long at, string name, string outcome, string? reason = null) =>
        new(locationId, at - (at % 60_000), name, outcome, reason ?? "");

    private static LatencySample Path(string locationId, string name, TimeSpan took, long at) =>
        new(locationId, "path", name, "ok", Math.Max(0, took.TotalMilliseconds), at);

    private static double? Stage(ReplySettled reply, string stage) => reply.StageMs.TryGetValue(stage, out var ms) ? ms : null;

    private static long Ms(DateTimeOffset at) => at.ToUnixTimeMilliseconds();
}
