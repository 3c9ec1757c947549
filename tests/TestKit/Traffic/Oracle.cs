namespace EnterpriseHub.TestKit.Traffic;

/// <summary>When a message was handed over.</summary>
/// <param name="Message">The message.</param>
/// <param name="DueAt">When its first delivery was due, Unix milliseconds.</param>
/// <param name="AskedAt">When the delivery that was accepted began, Unix milliseconds.</param>
/// <param name="AcceptedAt">When a delivery of it was first answered 200, Unix milliseconds.</param>
public sealed record Handover(LeadMessage Message, double DueAt, double AskedAt, double AcceptedAt);

/// <summary>What is wrong with a run, judged from what GHL received.</summary>
/// <param name="Lost">Messages that no reply answers.</param>
/// <param name="Doubled">Messages that more than one reply answers.</param>
/// <param name="OutOfOrder">Pairs of replies to one conversation in the wrong order.</param>
/// <param name="Strangers">Replies that answer no message of the run, or went to another contact.</param>
public sealed record Verdict(IReadOnlyList<int> Lost, IReadOnlyList<int> Doubled, IReadOnlyList<string> OutOfOrder, IReadOnlyList<string> Strangers)
{
    /// <summary>True when every promise was kept.</summary>
    public bool Clean => Lost.Count + Doubled.Count + OutOfOrder.Count + Strangers.Count == 0;

    /// <inheritdoc />
    public override string ToString() =>
        $"lost {Lost.Count}, doubled {Doubled.Count}, out of order {OutOfOrder.Count}, strangers {Strangers.Count}"
        + (Clean ? "" : $" [{string.Join("; ", Lost.Take(10).Select(item => $"lost {item}").Concat(Doubled.Take(10).Select(item => $"doubled {item}")).Concat(OutOfOrder.Take(10)).Concat(Strangers.Take(10)))}]");
}

/// <summary>Judges a run: one reply a turn, none lost, order kept, nobody else's.</summary>
public static class Oracle
{
    /// <summary>Compares what was handed over with what GHL received.</summary>
    public static Verdict Judge(IReadOnlyList<Handover> handovers, IReadOnlyList<DeliveredReply> replies)
    {
        var messages = handovers.ToDictionary(handover => handover.Message.Ref);
        var answers = replies.SelectMany(reply => reply.Refs.Distinct().Select(number => (number, reply))).ToLookup(pair => pair.number, pair => pair.reply);
        return new Verdict(
            [.. messages.Keys.Where(number => !answers.Contains(number)).Order()],
            [.. answers.Where(group => group.Count() > 1).Select(group => group.Key).Order()],
            [.. replies.GroupBy(reply => reply.ContactId).SelectMany(conversation => Disorder([.. conversation.OrderBy(reply => reply.At)], messages))],
            [.. replies.Where(reply => reply.Refs.Count == 0 || reply.Refs.Any(number => !messages.TryGetValue(number, out var handover)
                    || handover.Message.ContactId != reply.ContactId || handover.Message.LocationId != reply.LocationId))
                .Select(reply => $"{reply.ContactId} {string.Join(",", reply.Refs)}")]);
    }

    /// <summary>A later reply may not answer a message that was accepted before a message of an earlier reply was even handed over.</summary>
    private static IEnumerable<string> Disorder(IReadOnlyList<DeliveredReply> replies, Dictionary<int, Handover> messages)
    {
        for (var later = 1; later < replies.Count; later++)
        {
            for (var earlier = 0; earlier < later; earlier++)
            {
                foreach (var (first, second) in
                    from a in replies[earlier].Refs.Where(messages.ContainsKey)
                    from b in replies[later].Refs.Where(messages.ContainsKey)
                    where messages[b].AcceptedAt < messages[a].AskedAt
                    select (a, b))
                {
                    yield return $"ref {second} was answered after ref {first}";
                }
            }
        }
    }
}
