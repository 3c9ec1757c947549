using System.ComponentModel.DataAnnotations;
using System.Globalization;

namespace EnterpriseHub.Platform.Hosting;

/// <summary>
/// A setting that must be a duration between two others, both included. The framework's own <see cref="RangeAttribute"/> parses its ends at
/// the first use without a lock, and fails now and then where several hosts start at once in one process.
/// </summary>
/// <param name="least">Shortest, <c>[d.]hh:mm:ss[.fff]</c>.</param>
/// <param name="most">Longest.</param>
[AttributeUsage(AttributeTargets.Property)]
public sealed class TimeRangeAttribute(string least, string most) : ValidationAttribute
{
    private readonly TimeSpan _least = TimeSpan.Parse(least, CultureInfo.InvariantCulture);
    private readonly TimeSpan _most = TimeSpan.Parse(most, CultureInfo.InvariantCulture);

    /// <summary>Shortest, as written.</summary>
    public string Least => least;

    /// <summary>Longest, as written.</summary>
    public string Most => most;

    /// <inheritdoc />
    public override bool IsValid(object? value) => value is null || (value is TimeSpan time && time >= _least && time <= _most);
}
