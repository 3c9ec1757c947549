using System.Globalization;
using System.Text;
using OpenTelemetry;
using OpenTelemetry.Metrics;

namespace EnterpriseHub.Platform.Observability;

/// <summary>
/// Prometheus text format 0.0.4. Names as OpenTelemetry's convention has them: dots become underscores, the unit is appended
/// (<c>flow.step.duration</c> in s is <c>flow_step_duration_seconds</c>), counters end in <c>_total</c>.
/// </summary>
internal sealed class PrometheusText
{
    private readonly Dictionary<string, StringBuilder> _families = new(StringComparer.Ordinal);

    public void Add(Metric metric)
    {
        var type = TypeOf(metric.MetricType);
        if (type is null)
        {
            return;
        }
        var name = PrometheusNames.Of(metric.Name, metric.Unit, type == "counter");
        if (!_families.TryGetValue(name, out var text))
        {
            text = _families[name] = new StringBuilder();
            if (!string.IsNullOrEmpty(metric.Description))
            {
                text.Append("# HELP ").Append(name).Append(' ').Append(PrometheusNames.EscapeHelp(metric.Description)).Append('\n');
            }
            text.Append("# TYPE ").Append(name).Append(' ').Append(type).Append('\n');
        }
        foreach (ref readonly var point in metric.GetMetricPoints())
        {
            var labels = Labels(point.Tags);
            if (type == "histogram")
            {
                AddHistogram(text, name, labels, in point);
            }
            else
            {
                AddSample(text, name, labels, ValueOf(metric.MetricType, in point));
            }
        }
    }

    public override string ToString() => string.Concat(_families.OrderBy(family => family.Key, StringComparer.Ordinal).Select(family => family.Value.ToString()));

    private static string? TypeOf(MetricType type) => type switch
    {
        MetricType.LongSum or MetricType.DoubleSum => "counter",
        MetricType.LongGauge or MetricType.DoubleGauge or MetricType.LongSumNonMonotonic or MetricType.DoubleSumNonMonotonic => "gauge",
        MetricType.Histogram => "histogram",
        _ => null,
    };

    private static string ValueOf(MetricType type, in MetricPoint point) => type switch
    {
        MetricType.LongSum or MetricType.LongSumNonMonotonic => Number(point.GetSumLong()),
        MetricType.DoubleSum or MetricType.DoubleSumNonMonotonic => Number(point.GetSumDouble()),
        MetricType.LongGauge => Number(point.GetGaugeLastValueLong()),
        _ => Number(point.GetGaugeLastValueDouble()),
    };

    private static void AddHistogram(StringBuilder text, string name, string labels, in MetricPoint point)
    {
        var below = 0L;
        foreach (var bucket in point.GetHistogramBuckets())
        {
            below += bucket.BucketCount;
            var bound = $"le=\"{Number(bucket.ExplicitBound)}\"";
            AddSample(text, $"{name}_bucket", labels.Length == 0 ? bound : $"{labels},{bound}", Number(below));
        }
        AddSample(text, $"{name}_sum", labels, Number(point.GetHistogramSum()));
        AddSample(text, $"{name}_count", labels, Number(point.GetHistogramCount()));
    }

    private static void AddSample(StringBuilder text, string name, string labels, string value)
    {
        text.Append(name);
        if (labels.Length > 0)
        {
            text.Append('{').Append(labels).Append('}');
        }
        text.Append(' ').Append(value).Append('\n');
    }

    private static string Labels(ReadOnlyTagCollection tags)
    {
        var text = new StringBuilder();
        foreach (var tag in tags)
        {
            text.Append(text.Length == 0 ? "" : ",")
                .Append(PrometheusNames.Label(tag.Key)).Append("=\"")
                .Append(PrometheusNames.EscapeLabel(Convert.ToString(tag.Value, CultureInfo.InvariantCulture) ?? "")).Append('"');
        }
        return text.ToString();
    }

    private static string Number(long value) => value.ToString(CultureInfo.InvariantCulture);

    private static string Number(double value) =>
        double.IsPositiveInfinity(value) ? "+Inf" : double.IsNegativeInfinity(value) ? "-Inf" : value.ToString("R", CultureInfo.InvariantCulture);
}
