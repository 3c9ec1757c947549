using System.Collections.Concurrent;
using System.Text.Json;

namespace EnterpriseHub.Analytics.ReportMetrics;

/// <summary>What a live stream shows, as JSON by event name.</summary>
internal sealed record LiveFrame(IReadOnlyList<(string Event, string Json)> Parts);

/// <summary>
/// Asks the store for all streams that show the same: a thousand open dashboards of one location cost two questions a second,
/// as one does.
/// </summary>
internal sealed class LiveBoard(SummaryQuery summaries, LeadQuery leads, ActivityQuery activity, TimeProvider time)
{
    private static readonly TimeSpan Fresh = TimeSpan.FromMilliseconds(450);

    private readonly ConcurrentDictionary<Question, Shared> _boards = new();

    public async Task<LiveFrame> LookAsync(Question question, CancellationToken cancellation)
    {
        var shared = _boards.GetOrAdd(question, _ => new Shared());
        await shared.Gate.WaitAsync(cancellation);
        try
        {
            if (shared.Frame is null || time.GetElapsedTime(shared.AskedAt) > Fresh)
            {
                shared.AskedAt = time.GetTimestamp();
                shared.Frame = await AskAsync(question, cancellation);
                Forget();
            }
            return shared.Frame;
        }
        finally
        {
            shared.Gate.Release();
        }
    }

    private async Task<LiveFrame> AskAsync(Question question, CancellationToken cancellation)
    {
        var locationId = question.Summary.LocationId;
        return new LiveFrame(
        [
            ("summary", Json(await summaries.AskAsync(question.Summary, cancellation))),
            ("leads", Json(await leads.AskAsync(locationId, question.Temperature, question.Limit, cancellation))),
            ("activity", Json(await activity.AskAsync(locationId, 30, cancellation))),
        ]);
    }

    private void Forget()
    {
        foreach (var (question, shared) in _boards)
        {
            if (shared.Frame is not null && time.GetElapsedTime(shared.AskedAt) > TimeSpan.FromMinutes(1))
            {
                _boards.TryRemove(question, out _);
            }
        }
    }

    private static string Json<T>(T value) => JsonSerializer.Serialize(value, JsonSerializerOptions.Web);

    private sealed class Shared
    {
        public SemaphoreSlim Gate { get; } = new(1, 1);

        public long AskedAt { get; set; }

        public LiveFrame? Frame { get; set; }
    }
}
