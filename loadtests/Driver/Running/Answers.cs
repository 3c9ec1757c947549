using EnterpriseHub.LoadTests.Measuring;
using EnterpriseHub.TestKit.Traffic;

namespace EnterpriseHub.LoadTests.Running;

/// <summary>A message and when the reply to it came.</summary>
/// <param name="Due">When its webhook was due, Unix ms.</param>
/// <param name="AcknowledgedMs">From due to taken.</param>
/// <param name="ArrivedMs">From due to the arrival of the reply's POST at GHL.</param>
/// <param name="AnsweredMs">From due to GHL's answer to that POST; 0: it never came.</param>
/// <param name="IsNewest">It is the newest message that the reply answers.</param>
internal sealed record Answer(double Due, double AcknowledgedMs, double ArrivedMs, double AnsweredMs, bool IsNewest);

/// <summary>Joins what was handed over with what GHL received.</summary>
internal static class Answers
{
    public static IReadOnlyList<Answer> Of(IReadOnlyList<Handover> handovers, IReadOnlyList<DeliveredReply> replies)
    {
        var first = new Dictionary<int, (DeliveredReply Reply, bool Newest)>();
        foreach (var reply in replies)
        {
            for (var index = 0; index < reply.Refs.Count; index++)
            {
                first.TryAdd(reply.Refs[index], (reply, index == reply.Refs.Count - 1));
            }
        }
        return
        [
            .. from handover in handovers
               where first.ContainsKey(handover.Message.Ref)
               let answer = first[handover.Message.Ref]
               orderby handover.DueAt
               select new Answer(
                   handover.DueAt,
                   handover.AcceptedAt - handover.DueAt,
                   answer.Reply.At - handover.DueAt,
                   answer.Reply.AnsweredAt > 0 ? answer.Reply.AnsweredAt - handover.DueAt : 0,
                   answer.Newest),
        ];
    }

    public static Latencies Histogram(IEnumerable<Answer> answers, Func<Answer, double> of)
    {
        var histogram = new Latencies();
        foreach (var answer in answers)
        {
            histogram.Record(of(answer));
        }
        return histogram;
    }
}
