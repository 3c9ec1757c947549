using System.Text.Json;
using EnterpriseHub.Simulator.Json;

namespace EnterpriseHub.Simulator.Ghl;

/// <summary>One authenticated request.</summary>
internal sealed class GhlCall
{
    public required HttpContext Http { get; init; }

    /// <summary>The location of the token.</summary>
    public required string LocationId { get; init; }

    public required DateTimeOffset ReceivedAt { get; init; }

    /// <summary>An empty object when there was no body.</summary>
    public required JsonElement Body { get; init; }

    public required LedgerEntry Entry { get; init; }

    /// <summary>Messages younger than this do not show in lists.</summary>
    public TimeSpan ListLag { get; init; }

    /// <summary>Answer in the flat shape of the specification.</summary>
    public bool Flat { get; init; }

    public string Route(string name) => (string)Http.Request.RouteValues[name]!;

    public string? Query(string name) => Http.Request.Query.TryGetValue(name, out var value) ? value.ToString() : null;

    public int QueryNumber(string name, int otherwise) => int.TryParse(Query(name), out var number) && number > 0 ? number : otherwise;

    public string? Text(string name) => Body.Text(name);

    /// <summary>True when the caller names another location than its token's.</summary>
    public bool NamesOtherLocation(string? locationId) => locationId is not null && locationId != LocationId;

    public static readonly GhlAnswer OtherLocation = GhlAnswer.Error(403, "The token does not have access to this location.");
}

/// <summary>Does what the call asks and says how it went; runs when the request is received, before the latency.</summary>
internal delegate GhlAnswer GhlEffect(GhlCall call);
