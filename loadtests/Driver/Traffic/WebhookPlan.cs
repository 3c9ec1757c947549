using EnterpriseHub.TestKit.Traffic;

namespace EnterpriseHub.LoadTests.Traffic;

/// <summary>A webhook that is due.</summary>
/// <param name="Due">Time from the start.</param>
/// <param name="Message">The message that wants an answer; null: the webhook wants none.</param>
/// <param name="Body">The bytes that are signed.</param>
internal sealed record PlannedWebhook(TimeSpan Due, LeadMessage? Message, byte[] Body);

/// <summary>Lays the webhooks of a window out in time, one by one as they are read. The same seed gives the same window.</summary>
internal sealed class WebhookPlan
{
    private const int Remembered = 64;

    /// <summary>Prefix of the contacts' ids, so that windows do not meet.</summary>
    public required string Window { get; init; }

    /// <summary>Messages a second over time.</summary>
    public required RateProfile Messages { get; init; }

    /// <summary>Locations that answer.</summary>
    public required IReadOnlyList<string> Locations { get; init; }

    /// <summary>A location that takes everything and answers nothing.</summary>
    public required string SilentLocation { get; init; }

    /// <summary>What else arrives.</summary>
    public TrafficMix Mix { get; init; } = new();

    /// <summary>Seconds between two messages of a conversation.</summary>
    public double Spacing { get; init; } = 10;

    /// <summary>Messages of a conversation before another one takes its place.</summary>
    public int PerConversation { get; init; } = 8;

    /// <summary>Exponential gaps between messages instead of even ones. All else always arrives at random.</summary>
    public bool Poisson { get; init; }

    public int Seed { get; init; } = 1;

    private int Conversations => Math.Max(1, (int)Math.Ceiling(Messages.HighestRate * Spacing));

    /// <summary>Every webhook by due time.</summary>
    /// <param name="start">When the run starts, as far as is known: the lead's own time of a message.</param>
    public IEnumerable<PlannedWebhook> Read(DateTimeOffset start)
    {
        var late = new PriorityQueue<PlannedWebhook, TimeSpan>();
        foreach (var webhook in InOrderOfSending(start))
        {
            while (late.TryPeek(out var due, out var at) && at <= webhook.Sent)
            {
                late.Dequeue();
                yield return due;
            }
            if (webhook.Planned.Due > webhook.Sent)
            {
                late.Enqueue(webhook.Planned, webhook.Planned.Due);
                continue;
            }
            yield return webhook.Planned;
        }
        while (late.TryDequeue(out var due, out _))
        {
            yield return due;
        }
    }

    private IEnumerable<(TimeSpan Sent, PlannedWebhook Planned)> InOrderOfSending(DateTimeOffset start)
    {
        var choices = new Random(Seed);
        var recent = new Queue<PlannedWebhook>();
        var number = 0;
        foreach (var (at, kind) in Merge())
        {
            switch (kind)
            {
                case Kind.Message:
                    var message = Message(++number, start + at);
                    var due = choices.NextDouble() < Mix.Reordered ? at + TimeSpan.FromSeconds((Conversations / Messages.HighestRate) + 0.05) : at;
                    var planned = new PlannedWebhook(due, message, message.Body());
                    yield return (at, planned);
                    if (due == at)
                    {
                        recent.Enqueue(planned);
                    }
                    if (recent.Count > Remembered)
                    {
                        recent.Dequeue();
                    }
                    break;
                case Kind.Redelivery when recent.Count > 0:
                    yield return (at, recent.ElementAt(choices.Next(recent.Count)) with { Due = at });
                    break;
                case Kind.Other:
                    yield return (at, new PlannedWebhook(at, null, OtherEvents.Body(choices, Locations[choices.Next(Locations.Count)], start + at)));
                    break;
                case Kind.Silent:
                    var contact = $"{Window}-silent-{choices.Next(100)}";
                    var unanswered = new LeadMessage
                    {
                        Ref = 0, LocationId = SilentLocation, ContactId = contact, ConversationId = $"conv-{contact}", Text = "Hi, is anybody there", SentAt = start + at,
                    };
                    yield return (at, new PlannedWebhook(at, null, unanswered.Body()));
                    break;
            }
        }
    }

    private LeadMessage Message(int number, DateTimeOffset sentAt)
    {
        var place = (number - 1) % Conversations;
        var contact = $"{Window}-c{place}-{(number - 1) / Conversations / PerConversation}";
        return new LeadMessage
        {
            Ref = number,
            LocationId = Locations[place % Locations.Count],
            // The simulated GHL knows a contact by one conversation of this name.
            ConversationId = $"conv-{contact}",
            ContactId = contact,
            Text = TrafficPlan.TextOf(number),
            SentAt = sentAt,
        };
    }

    private IEnumerable<(TimeSpan At, Kind Kind)> Merge()
    {
        var next = new PriorityQueue<(IEnumerator<TimeSpan> Times, Kind Kind), TimeSpan>();
        Start(Kind.Message, 1, Poisson);
        Start(Kind.Redelivery, Mix.Redelivered, true);
        Start(Kind.Other, Mix.Others, true);
        Start(Kind.Silent, Mix.Silent, true);
        while (next.TryDequeue(out var stream, out var at))
        {
            yield return (at, stream.Kind);
            Advance(stream.Times, stream.Kind);
        }

        void Start(Kind kind, double share, bool poisson) =>
            Advance(Messages.Times(share).Arrivals(poisson ? new Random((Seed * 31) + (int)kind) : null).GetEnumerator(), kind);

        void Advance(IEnumerator<TimeSpan> times, Kind kind)
        {
            if (times.MoveNext())
            {
                next.Enqueue((times, kind), times.Current);
            }
        }
    }

    private enum Kind
    {
        Message,
        Redelivery,
        Other,
        Silent,
    }
}
