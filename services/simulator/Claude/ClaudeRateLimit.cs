using System.Collections.Concurrent;
using System.Globalization;
using Microsoft.Extensions.Options;

namespace EnterpriseHub.Simulator.Claude;

/// <summary>Requests of an API key in a minute, with the headers that tell.</summary>
internal sealed class ClaudeRateLimit(IOptions<SimulatorOptions> options, TimeProvider time)
{
    private const long TokensPerMinute = 10_000_000;
    private readonly ConcurrentDictionary<string, Window> windows = new();

    /// <summary>Counts a request.</summary>
    /// <returns>Null, or the 429 that it gets.</returns>
    public ClaudeError? Take(string apiKey, IHeaderDictionary headers)
    {
        var limit = options.Value.ClaudeRequestsPerMinute;
        var now = time.GetUtcNow();
        var window = windows.GetOrAdd(apiKey, static _ => new Window());
        int used;
        DateTimeOffset ends;
        lock (window)
        {
            if (now >= window.Ends)
            {
                window.Ends = now.AddMinutes(1);
                window.Used = 0;
                window.Reset = window.Ends.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
            }
            used = ++window.Used;
            ends = window.Ends;
        }
        var left = Math.Max(0, limit - used);
        Add(headers, "requests", limit, left, window.Reset);
        Add(headers, "input-tokens", TokensPerMinute, TokensPerMinute, window.Reset);
        Add(headers, "output-tokens", TokensPerMinute, TokensPerMinute, window.Reset);
        Add(headers, "tokens", TokensPerMinute, TokensPerMinute, window.Reset);
        return used <= limit ? null : ClaudeError.RateLimit((int)Math.Ceiling((ends - now).TotalSeconds));
    }

    private static void Add(IHeaderDictionary headers, string what, long limit, long left, string reset)
    {
        headers[$"anthropic-ratelimit-{what}-limit"] = limit.ToString(CultureInfo.InvariantCulture);
        headers[$"anthropic-ratelimit-{what}-remaining"] = left.ToString(CultureInfo.InvariantCulture);
        headers[$"anthropic-ratelimit-{what}-reset"] = reset;
    }

    private sealed class Window
    {
        public DateTimeOffset Ends { get; set; }

        public int Used { get; set; }

        public string Reset { get; set; } = "";
    }
}
