using OpenTelemetry.Metrics;

namespace EnterpriseHub.Platform.Observability;

/// <summary>Collects all instruments when asked and keeps nothing in between.</summary>
internal sealed class PrometheusScrape
{
    private readonly Exporter _exporter = new();
    private readonly Lock _one = new();

    public PrometheusScrape() => Reader = new BaseExportingMetricReader(_exporter);

    public MetricReader Reader { get; }

    /// <summary>The text for Prometheus; scrapes take turns.</summary>
    public string Read()
    {
        lock (_one)
        {
            _exporter.Text = "";
            // The reader sets this; its own Collect does nothing for an exporter that is pulled.
            _exporter.Collect?.Invoke(5_000);
            return _exporter.Text;
        }
    }

    [ExportModes(ExportModes.Pull)]
    private sealed class Exporter : OpenTelemetry.BaseExporter<Metric>, IPullMetricExporter
    {
        public string Text { get; set; } = "";

        public Func<int, bool>? Collect { get; set; }

        public override OpenTelemetry.ExportResult Export(in OpenTelemetry.Batch<Metric> batch)
        {
            var text = new PrometheusText();
            foreach (var metric in batch)
            {
                text.Add(metric);
            }
            Text = text.ToString();
            return OpenTelemetry.ExportResult.Success;
        }
    }
}
