namespace EnterpriseHub.Simulator.Ghl;

/// <summary>One request that the simulated GHL received; the oracle of the tests.</summary>
internal sealed class LedgerEntry
{
    public long Seq { get; set; }

    /// <summary>Receive time, before body, latency and faults; unix ms with fraction.</summary>
    public required double At { get; init; }

    public required string Kind { get; init; }

    public required string Method { get; init; }

    public required string Path { get; init; }

    public string? LocationId { get; set; }

    public string? ContactId { get; set; }

    public string? ConversationId { get; set; }

    /// <summary>The body of a write, as received.</summary>
    public byte[]? Body { get; set; }

    /// <summary>The status that was answered; 0 when the caller got none.</summary>
    public int Status { get; set; }

    public string? MessageId { get; set; }

    /// <summary>True when a write took effect, whatever was answered.</summary>
    public bool Saved { get; set; }

    public double? AnsweredAt { get; set; }
}
