namespace EnterpriseHub.Platform.Storage;

/// <summary>
/// For whom the code that runs now works: one location, or the product itself. PostgreSQL shows a location's work only that location's rows,
/// even where a statement forgets to ask for them; see docs/decisions/0008. SQLite has no such lock.
/// </summary>
public static class LocationScope
{
    /// <summary>What the database calls all locations; never a location's own id.</summary>
    internal const string All = "*";

    private static readonly AsyncLocal<string?> Ambient = new();

    /// <summary>The location, or null for the product's own work: sweeps, relays, consumers, callers who see all.</summary>
    internal static string? Current => Ambient.Value;

    /// <summary>Works for a location until the answer is disposed; also in what is awaited or started meanwhile.</summary>
    /// <param name="locationId">The location; null works for the product itself, e.g. to fill what all callers share.</param>
    /// <exception cref="ArgumentException">The id is empty or <c>*</c>: it would not narrow anything.</exception>
    public static IDisposable Enter(string? locationId)
    {
        if (locationId is "" or All)
        {
            throw new ArgumentException("Not the id of a location.", nameof(locationId));
        }
        var before = new Earlier(Ambient.Value);
        Ambient.Value = locationId;
        return before;
    }

    private sealed class Earlier(string? locationId) : IDisposable
    {
        public void Dispose() => Ambient.Value = locationId;
    }
}
