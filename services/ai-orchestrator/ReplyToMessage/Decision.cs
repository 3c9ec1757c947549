namespace EnterpriseHub.AiOrchestrator.ReplyToMessage;

/// <summary>What to do about a turn. Reasons are snake_case.</summary>
internal abstract record Decision(string Reason)
{
    /// <summary>Send the model's draft.</summary>
    public sealed record Send(string Text, string? Asks, string Reason = "answered") : Decision(Reason);

    /// <summary>Send our own next question in place of the model's draft.</summary>
    public sealed record Redraft(string Text, string? Asks, string Reason) : Decision(Reason);

    /// <summary>A person takes over; the lead is told so when there is a text.</summary>
    public sealed record HandOver(string? Text, string Reason) : Decision(Reason);

    public sealed record StaySilent(string Reason) : Decision(Reason);

    /// <summary>Not enough is known to do anything; the turn is taken again later.</summary>
    public sealed record Retry(string Reason) : Decision(Reason);

    /// <summary>What the lead will read; null for nothing.</summary>
    public string? Reply => this switch
    {
        Send send => send.Text,
        Redraft redraft => redraft.Text,
        HandOver handOver => handOver.Text,
        _ => null,
    };

    /// <summary>Key of the question that the reply asks.</summary>
    public string? AsksKey => this switch
    {
        Send send => send.Asks,
        Redraft redraft => redraft.Asks,
        _ => null,
    };

    /// <summary>The word that events and tables use.</summary>
    public string Word => this switch
    {
        Send or Redraft => "send",
        HandOver => "hand_over",
        Retry => "retry",
        _ => "stay_silent",
    };
}
