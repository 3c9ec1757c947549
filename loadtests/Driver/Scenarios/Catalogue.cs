using System.Globalization;
using EnterpriseHub.LoadTests.Traffic;

namespace EnterpriseHub.LoadTests.Scenarios;

/// <summary>Every scenario, in the order of a full run.</summary>
internal static class Catalogue
{
    public const string Smoke = "smoke";

    /// <summary>A send without an outcome is read back after 2, 5 and 10 s instead of 20, 60 and 180.</summary>
    private static readonly Dictionary<string, string> Hasty = new()
    {
        ["Ghl__AnswerTimeout"] = "00:00:03", ["Delivery__ClaimLifetime"] = "00:00:01", ["Delivery__SendingTimeout"] = "00:00:05",
        ["Delivery__ReconcileSchedule__0"] = "00:00:02", ["Delivery__ReconcileSchedule__1"] = "00:00:05", ["Delivery__ReconcileSchedule__2"] = "00:00:10",
    };

    /// <param name="soak">Length of the soak.</param>
    public static IReadOnlyList<Scenario> All(TimeSpan soak) =>
    [
        new()
        {
            Name = Smoke,
            Question = "Does every promise hold in a short mixed run? Its times mean nothing.",
            Steps = [new() { Name = "20/s", Messages = RateProfile.Constant(20, 12), Poisson = true, Spacing = 3, Mix = new() { Redelivered = 0.2, Reordered = 0.05, Others = 0.3, Silent = 0.1 } }],
        },
        new() { Name = "steady-10", Question = Steady, Steps = [SteadyStep(10, false)] },
        new() { Name = "steady-50", Question = Steady, Steps = [SteadyStep(50, false), SteadyStep(50, true)] },
        new() { Name = "steady-100", Question = Steady, Steps = [SteadyStep(100, false)] },
        new() { Name = "steady-200", Question = Steady, Steps = [SteadyStep(200, false)] },
        new()
        {
            Name = "ramp",
            Question = "At which rate does the product saturate the machine?",
            UntilSaturated = true,
            Steps = [.. Enumerable.Range(1, 16).Select(number => number * 20).Select(rate => new Step { Name = PerSecond(rate), Messages = RateProfile.Constant(rate, 15) })],
        },
        new()
        {
            Name = "burst",
            Question = "What does a tenfold rate for ten seconds do to the leads in it and after it?",
            Steps = [Course("10/s, 100/s for 10 s, 10/s", [new(20, 10), new(10, 100), new(30, 10)])],
        },
        new()
        {
            Name = "ack",
            Question = "How fast are 500 webhooks a second acknowledged? For each message that is answered: one to a location whose assistant is off, 7.5 redeliveries, 15.5 of other types.",
            Steps = [new() { Name = "500/s", Messages = RateProfile.Constant(20, 30), Rounds = 2, Mix = new() { Silent = 1, Redelivered = 7.5, Others = 15.5 } }],
        },
        new()
        {
            Name = "overload",
            Question = "What happens past saturation, and how long until latency is as before? At most 1000 open messages are admitted, so that the bound is met within seconds; what is refused comes again after the Retry-After.",
            Settings = new Dictionary<string, string> { ["Gateway__MaxOpenMessages"] = "1000" },
            Steps = [Course("15/s, 300/s for 15 s, 15/s", [new(20, 15), new(15, 300), new(120, 15)]) with { FloorCourse = RateProfile.Constant(15, 10), Patience = TimeSpan.FromMinutes(10) }],
        },
        new()
        {
            Name = "hot-conversation",
            Question = "One lead writes twice a second for half a minute: messages join turns, order holds.",
            Steps = [new() { Name = "2/s", Messages = RateProfile.Constant(2, 30), Poisson = true, Spacing = 0.1, PerConversation = int.MaxValue }],
        },
        new()
        {
            Name = "locations-200",
            Question = "Do 200 locations cost more than the usual 50?",
            Steps = [new() { Name = "50/s, 200 locations", Messages = RateProfile.Constant(50, 30), Locations = 200 }],
        },
        new()
        {
            Name = "slow-upstream",
            Question = "Claude, then GHL, take five seconds: does anything pile up, get lost or doubled?",
            Steps =
            [
                new() { Name = "10/s, Claude 5 s", Messages = RateProfile.Constant(10, 30), Spacing = 30, Upstream = new() { Analysis = (4500, 5500), Draft = (4500, 5500) } },
                new() { Name = "10/s, GHL 5 s", Messages = RateProfile.Constant(10, 30), Spacing = 60, Upstream = new() { Ghl = (4500, 5500) } },
            ],
        },
        new()
        {
            Name = "settle",
            Question = "What does a settle window of 2 s do, against none?",
            Steps = [.. new[] { 0, 2 }.Select(seconds => new Step { Name = $"20/s, settle {seconds} s", Messages = RateProfile.Constant(20, 30), SettleWindow = TimeSpan.FromSeconds(seconds) })],
        },
        Without("broker-stopped", "rabbitmq", 10),
        Without("analytics-stopped", "analytics", 20),
        new()
        {
            Name = "kill",
            Question = "Each program is killed with SIGKILL in the middle of the run and started again: is anything lost or doubled? Waits for reconciliation are shortened.",
            Settings = Hasty,
            Afterwards = TimeSpan.FromSeconds(20),
            Steps = [new() { Name = "20/s", Messages = RateProfile.Constant(20, 50), Spacing = 5, Mix = new() { Redelivered = 0.1, Reordered = 0.05 }, Outages = [new("each", "kill", 8, 0)] }],
        },
        new()
        {
            Name = "soak",
            Question = "Do memory, handles, threads, queues and tables stay flat over time?",
            SampleEvery = 10,
            Steps = [new() { Name = $"20/s for {soak:hh\\:mm\\:ss}", Messages = RateProfile.Constant(20, soak.TotalSeconds), FloorCourse = RateProfile.Constant(20, 15) }],
        },
        new() { Name = "start", Question = "How long from the start of the programs to the first reply, and how much memory do they hold when idle? Median of five.", Starts = 5 },
    ];

    private const string Steady = "How long does a reply take at a steady rate, beside the floor?";

    private static Step SteadyStep(double rate, bool poisson) => new()
    {
        Name = PerSecond(rate) + (poisson ? " Poisson" : ""),
        Messages = RateProfile.Constant(rate, 30), FloorCourse = RateProfile.Constant(rate, 10), Rounds = 2, Poisson = poisson,
    };

    private static Step Course(string name, Stretch[] stretches) => new() { Name = name, Messages = new(stretches), FloorCourse = new(stretches) };

    private static Scenario Without(string name, string part, double seconds) => new()
    {
        Name = name,
        FiveOnly = true,
        Question = $"'{part}' is stopped for {seconds} s: what do leads notice, and is everything there afterwards?",
        Afterwards = TimeSpan.FromSeconds(10),
        Steps = [new() { Name = "20/s", Messages = RateProfile.Constant(20, 60), FloorCourse = RateProfile.Constant(20, 10), Outages = [new(part, "stop", 10, seconds)] }],
    };

    private static string PerSecond(double rate) => string.Create(CultureInfo.InvariantCulture, $"{rate}/s");
}
