using System.Text.Json;

namespace EnterpriseHub.LoadTests.Reports;

/// <summary>A folder of raw data and the report that is made from it.</summary>
internal static class ReportFolder
{
    public static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    /// <summary>Writes <c>README.md</c> and the charts beside the raw data.</summary>
    public static async Task WriteAsync(string folder)
    {
        List<ScenarioResult> results = [];
        foreach (var file in Directory.EnumerateFiles(folder, "*.json").Order(StringComparer.Ordinal))
        {
            results.Add(JsonSerializer.Deserialize<ScenarioResult>(await File.ReadAllTextAsync(file), Json)!);
        }
        var report = new Report([.. results.OrderBy(result => result.StartedAt)]);
        foreach (var (name, chart) in report.Charts)
        {
            await File.WriteAllTextAsync(Path.Combine(folder, name), chart);
        }
        await File.WriteAllTextAsync(Path.Combine(folder, "README.md"), report.Text);
    }
}
