using EnterpriseHub.Model.Tests.Ports;
using FsCheck;
using FsCheck.Fluent;

namespace EnterpriseHub.Model.Tests.Scenarios;

/// <summary>Makes scenarios: mostly small, mostly with some trouble.</summary>
internal static class ScenarioGen
{
    private static readonly string[] Calls =
        ["post", "answer", "claude", "list", "contact", "read gateway", "write gateway", "read orchestrator", "write orchestrator", "end"];

    public static readonly Gen<Scenario> Usual = Of(Posts(PostOutcome.SavedAfterLastRead), LagsUpTo(60));

    /// <summary>The residual risk: a POST that GHL saves after the last read of the schedule.</summary>
    public static readonly Gen<Scenario> Residual = Of(
        from before in Gen.Choose(0, 2)
        from after in Posts(PostOutcome.Dnd)
        select (IReadOnlyList<PostOutcome>)[.. Enumerable.Repeat(PostOutcome.Ok, before), PostOutcome.SavedAfterLastRead, .. after],
        LagsUpTo(60));

    /// <summary>The scenario of a seed.</summary>
    public static Scenario Of(Gen<Scenario> gen, int seed) => gen.Sample(50, new Rnd((ulong)(uint)seed), 1)[0];

    private static Gen<Scenario> Of(Gen<IReadOnlyList<PostOutcome>> posts, Gen<int> lag) =>
        from who in Gen.Frequency((5, Gen.Constant(Who.OneConversation)), (2, Gen.Constant(Who.TwoConversationsOfOneContact)), (2, Gen.Constant(Who.TwoContacts)))
        from settles in Gen.Elements(true, false)
        from picks in Gen.Choose(0, int.MaxValue - 1)
        from inputs in UpTo(5, Input(who), 1)
        from faults in UpTo(3, AnyFault)
        from outcomes in posts
        from lags in UpTo(4, lag)
        from lists in UpTo(4, Flag)
        from claude in UpTo(6, Flag)
        from echoes in UpTo(5, Gen.Elements(-1, 0, 1, 30, 300))
        from lost in UpTo(2, Gen.Choose(0, 6))
        from off in Gen.Elements(0, 0, -60, 60)
        from twice in Gen.Elements(0, 10, 30)
        from hurry in Gen.Elements(3, 8, 15, 30)
        from sticky in Gen.Elements(0, 30, 60, 90)
        select new Scenario
        {
            Who = who, Settles = settles, Picks = picks, Inputs = inputs, Faults = faults, Posts = outcomes, ListLags = lags, ListFailures = lists,
            ClaudeFailures = claude, Echoes = echoes, Lost = lost, GhlClockOff = off, Twice = twice, Hurry = hurry, Sticky = sticky,
        };

    private static Gen<Input> Input(Who who) =>
        from kind in Gen.Frequency((12, Gen.Constant(InputKind.Text)), (3, Gen.Constant(InputKind.Stop)), (2, Gen.Constant(InputKind.Start)), (1, Gen.Constant(InputKind.Human)))
        from conversation in Gen.Choose(0, who == Who.OneConversation ? 0 : 1)
        from copies in Gen.Frequency((4, Gen.Constant(1)), (1, Gen.Constant(2)), (1, Gen.Constant(3)))
        select new Input(kind, conversation, copies);

    private static readonly Gen<Fault> AnyFault =
        from kind in Gen.Frequency((5, Gen.Constant(FaultKind.Crash)), (5, Gen.Constant(FaultKind.Freeze)), (1, Gen.Constant(FaultKind.Skew)))
        from at in Gen.Elements(Calls)
        from nth in Gen.Choose(1, at.Contains(' ') ? 20 : 4)
        from seconds in kind == FaultKind.Skew ? Gen.Elements(-600, 600) : Gen.Elements(3, 20, 40, 70, 250)
        select new Fault(kind, at, nth, seconds);

    private static readonly Gen<bool> Flag = Gen.Frequency((2, Gen.Constant(false)), (1, Gen.Constant(true)));

    private static Gen<int> LagsUpTo(int most) => Gen.Elements(0, 0, 5, most / 2, most);

    private static Gen<IReadOnlyList<PostOutcome>> Posts(PostOutcome without)
    {
        var others = Enum.GetValues<PostOutcome>()
            .Where(outcome => outcome is not (PostOutcome.Ok or PostOutcome.SavedAfterLastRead or PostOutcome.Dnd) && outcome != without);
        return UpTo(5, Gen.Frequency((4, Gen.Constant(PostOutcome.Ok)), (8, Gen.Elements(others)), (without == PostOutcome.Dnd ? 0 : 1, Gen.Constant(PostOutcome.Dnd))));
    }

    private static Gen<IReadOnlyList<T>> UpTo<T>(int most, Gen<T> one, int least = 0) =>
        from count in Gen.Choose(least, most)
        from list in Gen.ListOf(one, count)
        select (IReadOnlyList<T>)list;
}
