using System.Diagnostics;
using System.Text.Json;
using EnterpriseHub.LoadTests.Driver;
using EnterpriseHub.TestKit.Traffic;

Arguments arguments;
try
{
    arguments = Arguments.Parse(args);
}
catch (Exception wrong) when (wrong is FormatException or IOException or UriFormatException)
{
    Console.Error.WriteLine(wrong.Message);
    Console.Error.WriteLine(Arguments.Usage);
    return 2;
}

var time = TimeProvider.System;
using var http = new HttpClient(new SocketsHttpHandler { MaxConnectionsPerServer = 256 }) { Timeout = TimeSpan.FromSeconds(30) };
var ghl = new SimulatedGhl(http, arguments.Target.Simulator);
var run = new TrafficRun(http, arguments.Target, time);
await ghl.ClearAsync(CancellationToken.None);
await ghl.SetLatencyAsync(arguments.Analysis, arguments.Draft, arguments.Ghl, CancellationToken.None);
await run.ProvisionAsync(arguments.Shape, arguments.SettleWindow, CancellationToken.None);

var before = arguments.Processes.ToDictionary(process => process.Key, process => ProcessUse.Read(process.Value));
var clock = Stopwatch.StartNew();
var disturbances = arguments.Disturbances.Select(DisturbAsync).ToList();
await run.DeliverAsync(TrafficPlan.Of(arguments.Shape, time.GetUtcNow()), CancellationToken.None);
var delivered = clock.Elapsed;
await Task.WhenAll(disturbances);

// Waiting ends early only when every message is answered; then a moment more, for a double that comes late.
IReadOnlyList<DeliveredReply> replies;
do
{
    await Task.Delay(TimeSpan.FromSeconds(2), CancellationToken.None);
    replies = await RepliesAsync();
}
while (Oracle.Judge(run.Handovers, replies).Lost.Count > 0 && clock.Elapsed < delivered + arguments.Patience);
await Task.Delay(TimeSpan.FromSeconds(arguments.Disturbances.Count > 0 ? 20 : 3), CancellationToken.None);
replies = await RepliesAsync();

var verdict = Oracle.Judge(run.Handovers, replies);
var arrived = replies.Where(reply => reply.Refs.Count > 0).ToLookup(reply => reply.Refs[^1]);
var report = new
{
    arguments.Shape,
    settleWindow = arguments.SettleWindow,
    seconds = Math.Round(delivered.TotalSeconds, 1),
    replies = replies.Count,
    joined = replies.Count(reply => reply.Refs.Count > 1),
    refusedDeliveries = run.Refused,
    verdict = verdict.ToString(),
    acknowledgementMs = Percentiles.Of(run.Acknowledgements),
    // From when the last message that a reply answers was due to when the reply's POST arrived at GHL.
    endToEndMs = Percentiles.Of(run.Handovers.Where(handover => arrived.Contains(handover.Message.Ref)).Select(handover => arrived[handover.Message.Ref].Min(reply => reply.At) - handover.DueAt)),
    processes = arguments.Processes.ToDictionary(process => process.Key, process =>
    {
        var use = ProcessUse.Read(process.Value);
        return new { cpuSeconds = Math.Round(use.CpuSeconds - before[process.Key].CpuSeconds, 2), rssMbBefore = before[process.Key].RssMb, rssMbAfter = use.RssMb };
    }),
    disturbances = arguments.Disturbances,
};
var json = JsonSerializer.Serialize(report, new JsonSerializerOptions(JsonSerializerDefaults.Web) { WriteIndented = true });
Console.WriteLine(json);
if (arguments.Report is { } file)
{
    await File.WriteAllTextAsync(file, json + Environment.NewLine);
}
return verdict.Clean ? 0 : 1;

// Only this run's: a topology that was stopped in the middle of an earlier run finishes that one first.
async Task<IReadOnlyList<DeliveredReply>> RepliesAsync() =>
    [.. (await ghl.RepliesAsync(CancellationToken.None)).Where(reply => reply.LocationId.StartsWith($"{arguments.Shape.Run}-", StringComparison.Ordinal))];

async Task DisturbAsync(Disturbance disturbance)
{
    await Task.Delay(disturbance.At, CancellationToken.None);
    Console.Error.WriteLine($"{clock.Elapsed.TotalSeconds:F1} s: {disturbance.Command}");
    using var shell = Process.Start("bash", ["-c", disturbance.Command]);
    await shell.WaitForExitAsync();
}
