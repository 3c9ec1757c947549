namespace EnterpriseHub.Simulator.Leads;

/// <summary>A made-up lead: what it opens with and what it answers.</summary>
internal sealed record Persona
{
    public required bool Spanish { get; init; }

    public required string Opening { get; init; }

    /// <summary>Answers by topic of the question.</summary>
    public required IReadOnlyDictionary<string, string> Answers { get; init; }

    /// <summary>What it says instead of its second answer: STOP, a wish for a person, something beside the point; null for most.</summary>
    public string? Twist { get; init; }

    /// <summary>True when nothing follows the twist.</summary>
    public bool TwistEnds { get; init; }

    public string Unsure => Spanish ? "No estoy seguro, ¿me puede explicar?" : "Not sure about that yet.";

    public string Nudge => Spanish ? "¿Hola? ¿Sigue ahí?" : "Hello? Are you there?";

    public string Closing => Spanish ? "Perfecto, muchas gracias." : "Sounds great, thank you!";
}
