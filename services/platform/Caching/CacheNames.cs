namespace EnterpriseHub.Platform.Caching;

/// <summary>Names in the cache. Each part is escaped, so that no id can look like another key; v1 is the format's version.</summary>
internal static class CacheNames
{
    public const string Everything = "*";
    public const string Channel = "hub:v1:invalidated";

    public static string Of(CacheKey key) => $"hub:v1:{Part(key.LocationId)}:{Part(key.Kind)}:{Part(key.Id)}";

    /// <summary>When the tag was last invalidated. A prefix of its own: no kind can be mistaken for it.</summary>
    public static string Stamp(string locationId, string tag) => StampPrefix(locationId) + Part(tag);

    public static string StampPrefix(string locationId) => $"hub:stamp1:{Part(locationId)}:";

    public static string Part(string text) => Uri.EscapeDataString(text);
}
