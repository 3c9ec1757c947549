using MassTransit;

namespace EnterpriseHub.TestKit.Access;

/// <summary>A location and one of everything that belongs to it.</summary>
/// <param name="Location">GHL location.</param>
/// <param name="Contact">A lead of it.</param>
/// <param name="Conversation">That lead's conversation.</param>
/// <param name="Event">The stored webhook of that lead's message.</param>
/// <param name="Letter">A dead letter of it.</param>
/// <param name="Replay">A replay of its events.</param>
/// <param name="Key">Id of an API key that is bound to it.</param>
/// <param name="Marker">A word that stands in its texts and in nobody else's.</param>
public sealed record Place(string Location, string Contact, string Conversation, string Event, string Letter, string Replay, string Key, string Marker)
{
    /// <summary>Ids of the right shape that nobody has.</summary>
    public static Place MadeUp() => new(Id("loc-"), Id("c-"), Id("conv-c-"), NewId.NextGuid().ToString(), NewId.NextGuid().ToString(), NewId.NextGuid().ToString(), Id("")[..12], Id("word"));

    /// <summary>Everything that must not be read by another location's callers.</summary>
    public IReadOnlyList<string> Traces => [Location, Contact, Conversation, Event, Letter, Replay, Key, Marker];

    private static string Id(string prefix) => $"{prefix}{NewId.NextGuid():N}";
}
