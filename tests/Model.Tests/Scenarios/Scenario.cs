using EnterpriseHub.Model.Tests.Ports;

namespace EnterpriseHub.Model.Tests.Scenarios;

public enum Who
{
    OneConversation,
    TwoConversationsOfOneContact,
    TwoContacts,
}

public enum InputKind
{
    Text,
    Stop,
    Start,
    Human,
}

/// <summary>Something that is written in GHL and reported by webhook.</summary>
/// <param name="Kind">What.</param>
/// <param name="Conversation">0 or 1.</param>
/// <param name="Copies">Deliveries of its webhook, at least 1.</param>
internal sealed record Input(InputKind Kind, int Conversation, int Copies);

public enum FaultKind
{
    Crash,
    Freeze,
    Skew,
}

/// <summary>Trouble of the process that comes to a port call of a kind.</summary>
/// <param name="Kind">What.</param>
/// <param name="At">Kind of the port call.</param>
/// <param name="Nth">Which of them, from 1.</param>
/// <param name="Seconds">How long it stands still, or how far its clock goes wrong.</param>
internal sealed record Fault(FaultKind Kind, string At, int Nth, int Seconds);

/// <summary>One run: what happens, and the seed of the order in which it does.</summary>
internal sealed record Scenario
{
    public const string Location = "loc1";

    /// <summary>Seed of the picks.</summary>
    public required int Picks { get; init; }

    public required Who Who { get; init; }

    /// <summary>Whether a burst settles for 2 s before it is answered.</summary>
    public required bool Settles { get; init; }

    public required IReadOnlyList<Input> Inputs { get; init; }

    public IReadOnlyList<Fault> Faults { get; init; } = [];

    /// <summary>What becomes of the POSTs, in order; Ok after the last.</summary>
    public IReadOnlyList<PostOutcome> Posts { get; init; } = [];

    /// <summary>Seconds after which the list shows the saved messages, in order; 0 after the last.</summary>
    public IReadOnlyList<int> ListLags { get; init; } = [];

    public IReadOnlyList<bool> ListFailures { get; init; } = [];

    public IReadOnlyList<bool> ClaudeFailures { get; init; } = [];

    /// <summary>Seconds after which GHL reports our own messages back, in order; -1 and after the last: never.</summary>
    public IReadOnlyList<int> Echoes { get; init; } = [];

    /// <summary>Announcements and commands that the bus loses, counted over both.</summary>
    public IReadOnlyList<int> Lost { get; init; } = [];

    public int GhlClockOff { get; init; }

    /// <summary>Percent of the bus's deliveries that come twice.</summary>
    public int Twice { get; init; }

    /// <summary>Percent of the picks that move the clock.</summary>
    public int Hurry { get; init; } = 15;

    /// <summary>Percent of the picks that stay with the operation of the last one.</summary>
    public int Sticky { get; init; } = 30;

    public string ContactOf(int conversation) => Who == Who.TwoContacts ? $"contact{conversation}" : "contact0";

    public static string ConversationOf(int conversation) => $"conv{conversation}";

    public override string ToString() =>
        $"""
        {Who}, {(Settles ? "settles" : "answers at once")}, picks {Picks}, hurry {Hurry}, sticky {Sticky}, twice {Twice}, GHL's clock {GhlClockOff} s
          inputs: {string.Join("; ", Inputs.Select(input => $"{input.Kind} in {input.Conversation} x{input.Copies}"))}
          faults: {string.Join("; ", Faults.Select(fault => $"{fault.Kind} at {fault.At} #{fault.Nth} ({fault.Seconds} s)"))}
          posts: {string.Join(", ", Posts)}
          list lags: {string.Join(", ", ListLags)}; list failures: {Flags(ListFailures)}; claude failures: {Flags(ClaudeFailures)}
          echoes: {string.Join(", ", Echoes)}; lost: {string.Join(", ", Lost)}
        """;

    private static string Flags(IReadOnlyList<bool> flags) => string.Concat(flags.Select(flag => flag ? 'x' : '.'));
}
