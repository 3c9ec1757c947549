namespace EnterpriseHub.Platform.Caching;

/// <summary>What the shared level knows of a key.</summary>
/// <param name="AsOf">Its clock at the reading, for a later write; negative when it did not answer.</param>
/// <param name="Document">JSON, null when there is none that may be served.</param>
/// <param name="Tags">Tags of the document.</param>
/// <param name="Left">How long the document may still be served.</param>
internal sealed record SharedRead(long AsOf, string? Document, IReadOnlyList<string> Tags, TimeSpan Left)
{
    public static readonly SharedRead NoAnswer = new(-1, null, [], TimeSpan.Zero);

    public static SharedRead Miss(long asOf) => new(asOf, null, [], TimeSpan.Zero);
}

/// <summary>One row of the cache table: the level that instances share. Never throws, never takes long.</summary>
internal interface ISharedLevel
{
    /// <summary>As a word for health: <c>none</c>, <c>up</c>, <c>down</c>, <c>connecting</c>.</summary>
    string State { get; }

    /// <summary>False where there is nothing to look at.</summary>
    bool IsShared { get; }

    /// <summary>Location and tag that some instance invalidated.</summary>
    event Action<string, string>? Invalidated;

    /// <summary>Invalidations may have been missed.</summary>
    event Action? Interrupted;

    /// <summary>Begins to connect; returns at once.</summary>
    void Connect();

    Task<SharedRead> ReadAsync(CacheKey key);

    /// <param name="key">Its name.</param>
    /// <param name="document">JSON.</param>
    /// <param name="lifetime">How long it may be served.</param>
    /// <param name="tags">Its tags.</param>
    /// <param name="asOf">The reading after which the document was made; 0 means now.</param>
    Task WriteAsync(CacheKey key, string document, TimeSpan lifetime, IReadOnlyList<string> tags, long asOf);

    Task InvalidateAsync(string locationId, string tag);
}

/// <summary>One process: the first level is all there is.</summary>
internal sealed class NoSharedLevel : ISharedLevel
{
    public string State => "none";

    public bool IsShared => false;

    public event Action<string, string>? Invalidated
    {
        add { }
        remove { }
    }

    public event Action? Interrupted
    {
        add { }
        remove { }
    }

    public void Connect()
    {
    }

    public Task<SharedRead> ReadAsync(CacheKey key) => Task.FromResult(SharedRead.Miss(0));

    public Task WriteAsync(CacheKey key, string document, TimeSpan lifetime, IReadOnlyList<string> tags, long asOf) => Task.CompletedTask;

    public Task InvalidateAsync(string locationId, string tag) => Task.CompletedTask;
}
