using System.Globalization;

namespace EnterpriseHub.LoadTests.Reports;

/// <summary>A figure of the product beside the floor's.</summary>
internal static class Comparison
{
    /// <summary>What the product adds, and how many times the floor it takes; a dash where there is no floor.</summary>
    public static string Over(double ours, double floor) => floor <= 0
        ? "–"
        : string.Create(CultureInfo.InvariantCulture, $"{ours - floor:+0.0;-0.0;0.0} (×{ours / floor:0.00})");

    public static string Ms(double value) => value >= 1000 ? value.ToString("0", CultureInfo.InvariantCulture) : value.ToString("0.0", CultureInfo.InvariantCulture);
}
