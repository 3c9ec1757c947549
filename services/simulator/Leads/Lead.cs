using EnterpriseHub.Simulator.Ghl.State;

namespace EnterpriseHub.Simulator.Leads;

/// <summary>One lead in one conversation; answers what the bot asked last.</summary>
internal sealed class Lead(SimContact contact, Persona persona)
{
    private const int MostMessages = 9;
    private readonly HashSet<string> told = [];
    private bool twisted;

    public SimContact Contact { get; } = contact;

    public int Sent { get; private set; }

    public DateTimeOffset LastSentAt { get; private set; }

    /// <summary>Drawn once for every message.</summary>
    public int ThinkMs { get; set; }

    /// <summary>True when this lead has nothing more to say.</summary>
    public bool Done { get; private set; }

    /// <summary>When the lead is ready to text; null while it waits for a reply.</summary>
    public DateTimeOffset? ReadyAt(SimMessage? last, LeadPlan plan)
    {
        if (Sent == 0)
        {
            return LastSentAt;
        }
        var replied = last is { Direction: "outbound" };
        return replied ? last!.DateAdded.AddMilliseconds(ThinkMs)
            : plan.WaitForReply ? LastSentAt.AddMilliseconds(plan.SilenceMs)
            : LastSentAt.AddMilliseconds(ThinkMs);
    }

    public string Say(SimMessage? last, DateTimeOffset now)
    {
        var text = Words(last is { Direction: "outbound" } ? last.Body : null);
        Sent++;
        LastSentAt = now;
        Done = Done || Sent >= MostMessages;
        return text;
    }

    private string Words(string? botText)
    {
        if (Sent == 0)
        {
            return persona.Opening;
        }
        if (Sent >= 2 && persona.Twist is not null && !twisted)
        {
            twisted = true;
            Done = persona.TwistEnds;
            return persona.Twist;
        }
        if (botText is null)
        {
            Done = Sent >= 3;
            return persona.Nudge;
        }
        var topic = Topics.Of(botText);
        if (topic == "call" || topic is null || Sent == MostMessages - 1)
        {
            Done = topic == "call" || Sent >= 4;
            return topic == "call" ? persona.Answers["call"] : Done ? persona.Closing : persona.Unsure;
        }
        return told.Add(topic) ? persona.Answers[topic] : persona.Unsure;
    }
}
