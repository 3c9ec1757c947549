using System.Diagnostics.Metrics;
using System.Net;
using EnterpriseHub.Platform.Observability;
using EnterpriseHub.Platform.Tests.Fixtures;

namespace EnterpriseHub.Platform.Tests.Observability;

public sealed class PrometheusMetrics
{
    private static readonly Histogram<double> Took = HubMetrics.Meter.CreateHistogram<double>("probe.took", "s", "How long",
        advice: new InstrumentAdvice<double> { HistogramBucketBoundaries = [0.1, 1] });

    private static readonly Counter<long> Things = HubMetrics.Meter.CreateCounter<long>("probe.things", "{thing}", "Line one\nand \\ two");

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Counters_and_histograms_are_written_as_Prometheus_reads_them()
    {
        await using var hub = await Hub.StartAsync(new TestModule());
        Things.Add(3, new KeyValuePair<string, object?>("na.me", "a \"quoted\" \\ and\nbroken"));
        Took.Record(0.05);
        Took.Record(0.5);
        Took.Record(5);
        using var client = hub.Client();
        var text = await client.GetStringAsync("/metrics", Stop);
        var lines = text.Split('\n');

        Assert.Contains("# HELP probe_things_total Line one\\nand \\\\ two", lines);
        Assert.Contains("# TYPE probe_things_total counter", lines);
        Assert.Contains("probe_things_total{na_me=\"a \\\"quoted\\\" \\\\ and\\nbroken\"} 3", lines);
        Assert.Contains("# TYPE probe_took_seconds histogram", lines);
        Assert.Contains("probe_took_seconds_bucket{le=\"0.1\"} 1", lines);
        Assert.Contains("probe_took_seconds_bucket{le=\"1\"} 2", lines);
        Assert.Contains("probe_took_seconds_bucket{le=\"+Inf\"} 3", lines);
        Assert.Contains("probe_took_seconds_sum 5.55", lines);
        Assert.Contains("probe_took_seconds_count 3", lines);
        Assert.Contains(lines, line => line.StartsWith("dotnet_gc_collections_total{", StringComparison.Ordinal));
        Assert.Contains(lines, line => line.StartsWith("http_server_active_requests{", StringComparison.Ordinal));
        Assert.Equal(lines.Count(line => line.StartsWith("# TYPE", StringComparison.Ordinal)),
            lines.Where(line => line.StartsWith("# TYPE", StringComparison.Ordinal)).Distinct(StringComparer.Ordinal).Count());
    }

    [Fact]
    public async Task They_are_for_this_machine_and_for_keys()
    {
        await using var hub = await Hub.StartAsync(new TestModule());
        using var local = hub.Client(key: null);
        using var proxied = hub.Client(key: null);
        proxied.DefaultRequestHeaders.Add("X-Forwarded-For", "203.0.113.9");
        using var prometheus = hub.Client(key: null);
        prometheus.DefaultRequestHeaders.Add("X-Forwarded-For", "203.0.113.9");
        prometheus.DefaultRequestHeaders.Authorization = new("Bearer", Hub.AdminKey);

        Assert.Equal(HttpStatusCode.OK, (await local.GetAsync("/metrics", Stop)).StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, (await proxied.GetAsync("/metrics", Stop)).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await prometheus.GetAsync("/metrics", Stop)).StatusCode);

        await using var open = await Hub.StartAsync(new TestModule(), "--Metrics:Anonymous", "true");
        using var anybody = open.Client(key: null);
        anybody.DefaultRequestHeaders.Add("X-Forwarded-For", "203.0.113.9");
        Assert.Equal(HttpStatusCode.OK, (await anybody.GetAsync("/metrics", Stop)).StatusCode);
    }
}
