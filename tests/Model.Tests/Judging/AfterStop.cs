using EnterpriseHub.Model.Tests.Ports;
using EnterpriseHub.Model.Tests.Running;
using EnterpriseHub.Model.Tests.Scenarios;

namespace EnterpriseHub.Model.Tests.Judging;

/// <summary>Which POSTs began after a STOP was acknowledged and before a later START came.</summary>
internal static class AfterStop
{
    public const string InFlight = "a send that was claimed before the STOP stood still while the STOP was answered";

    // The webhook waits so long for sends that are under way; then it is answered all the same.
    private static readonly TimeSpan WaitsFor = TimeSpan.FromSeconds(1.5);

    public static IEnumerable<(Posted Post, Written Stop, bool IsInFlight)> Of(IReadOnlyList<Posted> posts, IReadOnlyList<Written> all) =>
        from stop in all
        where stop is { Kind: InputKind.Stop, Acknowledged: not null }
        let acknowledged = stop.Acknowledged!.Value
        from post in posts
        where post.ContactId == stop.ContactId && post.Written.Step > acknowledged.Step
        where !all.Any(start => start.Kind == InputKind.Start && start.ContactId == stop.ContactId && start.SentAt > stop.SentAt
            && start.Came is { } came && came.Step < post.Written.Step)
        select (post, stop, post.Claimed.Step < acknowledged.Step && acknowledged.At - post.Claimed.At > WaitsFor);
}
