using System.Text.Json;
using EnterpriseHub.Simulator.Claude.Schemas;

namespace EnterpriseHub.Simulator.Claude;

/// <summary>A Messages request that passed the checks.</summary>
internal sealed record ClaudeRequest
{
    public required JsonElement Body { get; init; }

    public required string ApiKey { get; init; }

    public required string Model { get; init; }

    public required int MaxTokens { get; init; }

    public required bool Stream { get; init; }

    public CompiledSchema? Schema { get; init; }

    /// <summary><c>analysis</c>, <c>draft</c> or <c>other</c>.</summary>
    public string Purpose => Schema?.Purpose ?? "other";
}
