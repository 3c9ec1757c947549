using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using EnterpriseHub.Analytics.RecordMetrics;

namespace EnterpriseHub.Analytics.ReportMetrics;

/// <summary>
/// The live stream: what changed, at most twice a second, and a heartbeat when nothing did. It looks when this instance recorded
/// something and every 2 s in any case, because other instances record too. It ends after 5 minutes; the browser comes
/// back by itself and is asked for its key anew.
/// </summary>
internal sealed class LiveStream(LiveBoard board, FactPulse pulse, IHostApplicationLifetime host, TimeProvider time)
{
    private static readonly TimeSpan Least = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan Poll = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan Heartbeat = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(5);

    public async IAsyncEnumerable<SseItem<string>> ReadAsync(Question question, [EnumeratorCancellation] CancellationToken cancellation)
    {
        using var ends = CancellationTokenSource.CreateLinkedTokenSource(cancellation, host.ApplicationStopping);
        var began = time.GetTimestamp();
        var spoke = began;
        var last = new Dictionary<string, string>(StringComparer.Ordinal);
        while (!ends.IsCancellationRequested && time.GetElapsedTime(began) < Longest)
        {
            var next = pulse.Next;
            var looked = time.GetTimestamp();
            if (await LookAsync(question, ends.Token) is not { } frame)
            {
                yield break;
            }
            foreach (var (name, json) in frame.Parts.Where(part => last.GetValueOrDefault(part.Event) != part.Json))
            {
                last[name] = json;
                spoke = time.GetTimestamp();
                yield return new SseItem<string>(json, name);
            }
            if (time.GetElapsedTime(spoke) >= Heartbeat)
            {
                spoke = time.GetTimestamp();
                yield return new SseItem<string>("{}", "heartbeat");
            }
            await PauseAsync(next, looked, ends.Token);
        }
    }

    private async Task<LiveFrame?> LookAsync(Question question, CancellationToken ends)
    {
        try
        {
            return await board.LookAsync(question, ends);
        }
        catch (OperationCanceledException) when (ends.IsCancellationRequested)
        {
            return null;
        }
    }

    private async Task PauseAsync(Task next, long looked, CancellationToken ends)
    {
        await Task.WhenAny(next, Task.Delay(Poll, time, ends));
        var left = Least - time.GetElapsedTime(looked);
        if (left > TimeSpan.Zero)
        {
            await Task.WhenAny(Task.Delay(left, time, ends));
        }
    }
}
