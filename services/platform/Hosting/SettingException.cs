namespace EnterpriseHub.Platform.Hosting;

/// <summary>A setting is missing or wrong; stops the start. The message names the key and the allowed values.</summary>
public sealed class SettingException(string key, string? value, string allowed)
    : Exception($"Setting '{key}' is {(string.IsNullOrEmpty(value) ? "missing" : $"'{value}'")}; allowed: {allowed}. "
        + $"Set it as environment variable {key.Replace(":", "__", StringComparison.Ordinal)} or as --{key} on the command line.")
{
    /// <summary>The configuration key, e.g. <c>Bus:Transport</c>.</summary>
    public string Key { get; } = key;

    /// <summary>Picks a backend by name out of its table.</summary>
    /// <exception cref="SettingException">The name is missing or not in the table.</exception>
    public static T Choose<T>(string key, string? name, IReadOnlyDictionary<string, T> table) =>
        name is not null && table.TryGetValue(name, out var chosen)
            ? chosen
            : throw new SettingException(key, name, string.Join(" | ", table.Keys));
}
