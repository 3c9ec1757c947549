namespace EnterpriseHub.TestKit.Traffic;

/// <summary>A delivery that is due.</summary>
/// <param name="At">Time from the start of the run.</param>
/// <param name="Message">What is delivered.</param>
public sealed record DueDelivery(TimeSpan At, LeadMessage Message);

/// <summary>The shape of a run. The same seed gives the same run.</summary>
public sealed record TrafficShape
{
    /// <summary>Messages in all.</summary>
    public required int Messages { get; init; }

    /// <summary>Conversations they are spread over, round robin.</summary>
    public required int Conversations { get; init; }

    /// <summary>Locations the conversations are spread over.</summary>
    public required int Locations { get; init; }

    /// <summary>Messages due a second.</summary>
    public required double Rate { get; init; }

    /// <summary>Share of messages that are delivered a second time, up to 2 s later.</summary>
    public double Redelivered { get; init; }

    /// <summary>Share of messages that arrive after the next one of their conversation.</summary>
    public double Reordered { get; init; }

    /// <summary>True: exponential gaps; false: even gaps.</summary>
    public bool Poisson { get; init; }

    /// <summary>Seed of every choice.</summary>
    public int Seed { get; init; } = 1;

    /// <summary>Prefix of ids, so that runs do not meet.</summary>
    public required string Run { get; init; }

    /// <summary>Ids of the locations.</summary>
    public IEnumerable<string> LocationIds => Enumerable.Range(0, Locations).Select(number => $"{Run}-loc-{number}");
}

/// <summary>Lays a run out in time.</summary>
public static class TrafficPlan
{
    private static readonly string[] Texts =
    [
        "Hi, I have a question about my house",
        "Hello there, can you tell me how this works",
        "Thanks for getting back to me, still thinking it over",
        "What do you need from me to get going",
        "Good question, let me check with my partner first",
    ];

    /// <summary>What a lead writes as message <paramref name="number"/>: small talk that the product answers each time, with the reference that comes back.</summary>
    public static string TextOf(int number) => $"{Texts[number % Texts.Length]} ref {number}";

    /// <summary>Every delivery, by due time. Times of sending keep the conversation's order even where deliveries do not.</summary>
    public static IReadOnlyList<DueDelivery> Of(TrafficShape shape, DateTimeOffset start)
    {
        var random = new Random(shape.Seed);
        var deliveries = new List<DueDelivery>();
        var at = TimeSpan.Zero;
        for (var number = 1; number <= shape.Messages; number++)
        {
            var gap = 1 / shape.Rate;
            at += TimeSpan.FromSeconds(shape.Poisson ? -Math.Log(1 - random.NextDouble()) * gap : gap);
            var conversation = (number - 1) % shape.Conversations;
            var message = new LeadMessage
            {
                Ref = number,
                LocationId = $"{shape.Run}-loc-{conversation % shape.Locations}",
                // The simulated GHL knows a contact by one conversation of this name.
                ConversationId = $"conv-{shape.Run}-contact-{conversation}",
                ContactId = $"{shape.Run}-contact-{conversation}",
                Text = TextOf(number),
                SentAt = start + at,
            };
            var due = random.NextDouble() < shape.Reordered
                ? at + TimeSpan.FromSeconds((shape.Conversations / shape.Rate) + 0.05)
                : at;
            deliveries.Add(new DueDelivery(due, message));
            if (random.NextDouble() < shape.Redelivered)
            {
                deliveries.Add(new DueDelivery(due + TimeSpan.FromSeconds(random.NextDouble() * 2), message));
            }
        }
        return [.. deliveries.OrderBy(delivery => delivery.At)];
    }
}
