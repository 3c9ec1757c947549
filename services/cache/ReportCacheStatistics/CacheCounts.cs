using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using EnterpriseHub.Platform.Observability;

namespace EnterpriseHub.Cache.ReportCacheStatistics;

/// <summary>
/// Adds up the cache's own instruments (<c>cache.hits{level,kind}</c>, <c>cache.misses{kind}</c>, <c>cache.errors</c>) of this
/// process since it started, so that the figures here and those of the monitoring are the same.
/// </summary>
internal sealed class CacheCounts : IHostedService, IDisposable
{
    private readonly ConcurrentDictionary<(string Instrument, string Kind, string Level), long> _counts = new();
    private readonly MeterListener _listener = new();
    private readonly TimeProvider _time;

    public CacheCounts(TimeProvider time)
    {
        _time = time;
        Since = time.GetUtcNow();
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Meter.Name == HubMetrics.Meter.Name && instrument.Name is "cache.hits" or "cache.misses" or "cache.errors")
            {
                listener.EnableMeasurementEvents(instrument);
            }
        };
        _listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) => Add(instrument.Name, value, tags));
        _listener.SetMeasurementEventCallback<int>((instrument, value, tags, _) => Add(instrument.Name, value, tags));
    }

    public DateTimeOffset Since { get; private set; }

    public IReadOnlyDictionary<(string Instrument, string Kind, string Level), long> Read() =>
        new Dictionary<(string Instrument, string Kind, string Level), long>(_counts);

    public Task StartAsync(CancellationToken cancellationToken)
    {
        Since = _time.GetUtcNow();
        _listener.Start();
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public void Dispose() => _listener.Dispose();

    private void Add(string instrument, long value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        var (kind, level) = ("", "");
        foreach (var (name, tag) in tags)
        {
            (kind, level) = name switch { "kind" => ($"{tag}", level), "level" => (kind, $"{tag}"), _ => (kind, level) };
        }
        _counts.AddOrUpdate((instrument, kind, level), static (_, added) => added, static (_, sum, added) => sum + added, value);
    }
}
