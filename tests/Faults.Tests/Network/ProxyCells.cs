using EnterpriseHub.Faults.Tests.Bench;
using EnterpriseHub.TestKit.Network;

namespace EnterpriseHub.Faults.Tests.Network;

/// <summary>A way between two parties breaks for a while, and heals.</summary>
internal static class ProxyCells
{
    /// <summary>Between the product and somebody who answers over HTTP.</summary>
    public static IEnumerable<FaultCell> OfUpstream(string whom, FaultProxy way) =>
    [
        For(4, $"{whom} latency", "answers 1 s late for 4 s", way, new ProxyFault { Latency = TimeSpan.FromSeconds(1), Jitter = TimeSpan.FromMilliseconds(200) }),
        // So early that reads break too: a reply that is posted twice into the unknown is held for a person, as it should be.
        For(4, $"{whom} reset", "reset in the middle of the request for 4 s", way, new ProxyFault { CutUpAfter = 60, CutByReset = true }),
        For(4, $"{whom} cut", "cut after 100 bytes of the answer for 4 s", way, new ProxyFault { CutDownAfter = 100 }),
        For(5, $"{whom} bandwidth", "8 kB/s for 5 s", way, new ProxyFault { BytesPerSecond = 8_000 }),
        For(20, $"{whom} half-open", "half-open for 20 s", way, ProxyFault.HalfOpen),
        Refused($"{whom} refused", way),
    ];

    /// <summary>Between the services and one of their servers.</summary>
    public static IEnumerable<FaultCell> OfServer(string whom, FaultProxy way) =>
    [
        new($"{whom} reset", "all connections reset, 3 times", FaultCell.OneEach, bench => SteadyLoad.DuringAsync(bench, async () =>
        {
            var reset = 0;
            for (var round = 0; round < 3; round++)
            {
                reset += way.ResetAll();
                await Task.Delay(700, CancellationToken.None);
            }
            return reset > 0 ? $"{reset} connections reset" : throw new InvalidOperationException("there was no connection");
        })),
        For(4, $"{whom} latency", "answers 200 ms late for 4 s", way, new ProxyFault { Latency = TimeSpan.FromMilliseconds(200) }),
        For(5, $"{whom} bandwidth", "64 kbit/s for 5 s", way, new ProxyFault { BytesPerSecond = 8_000 }),
        For(10, $"{whom} half-open", "half-open for 10 s", way, ProxyFault.HalfOpen),
    ];

    private static FaultCell For(int seconds, string name, string injected, FaultProxy way, ProxyFault fault) => new(
        name, injected, FaultCell.OneEach, bench => SteadyLoad.DuringAsync(bench, async () =>
        {
            way.Fault = fault;
            await Task.Delay(TimeSpan.FromSeconds(seconds), CancellationToken.None);
            // On a busy machine nobody may have come by yet.
            for (var tries = 0; way.Struck == 0 && tries < 200; tries++)
            {
                await Task.Delay(100, CancellationToken.None);
            }
            var struck = way.Struck;
            way.Fault = ProxyFault.None;
            return struck > 0 ? $"struck {struck} times" : throw new InvalidOperationException("the fault met nobody");
        }));

    /// <summary>What is open is reset first, so that everybody has to connect.</summary>
    private static FaultCell Refused(string name, FaultProxy way) => new(
        name, "nobody listens for 4 s", FaultCell.OneEach, bench => SteadyLoad.DuringAsync(bench, async () =>
        {
            way.Fault = ProxyFault.Refused;
            var reset = way.ResetAll();
            await Task.Delay(4000, CancellationToken.None);
            var left = way.ResetAll();
            way.Fault = ProxyFault.None;
            return left == 0 ? $"{reset} connections reset, none made" : throw new InvalidOperationException($"{left} connections were made");
        }));
}
