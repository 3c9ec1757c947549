using System.Text.Json;
using EnterpriseHub.Platform.Hosting;
using Microsoft.Extensions.Logging;
using StackExchange.Redis;

namespace EnterpriseHub.Platform.Caching;

/// <summary>Redis as the shared level. Only calls that client 1.2 and 2.x share.</summary>
internal sealed class RedisLevel(string address, TimeProvider time, ILogger<RedisLevel> logger) : ISharedLevel, IAsyncDisposable
{
    private static readonly long StampLife = (long)TimeSpan.FromHours(25).TotalMilliseconds;
    private static readonly TimeSpan BetweenAttempts = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan LongestAttempt = TimeSpan.FromSeconds(10);

    private readonly RedisCircuit _circuit = new(time, logger);
    private readonly LateInvalidations _late = new();
    private readonly CancellationTokenSource _end = new();
    private volatile ConnectionMultiplexer? _connection;
    private Task _connecting = Task.CompletedTask;

    public string State => _connection is null ? "connecting" : _circuit.IsOpen || !_connection.IsConnected ? "down" : "up";

    public bool IsShared => true;

    public event Action<string, string>? Invalidated;

    public event Action? Interrupted;

    /// <exception cref="SettingException">The address is missing or unreadable.</exception>
    public static void Check(string? address)
    {
        const string Allowed = "a Redis address, e.g. redis:6379,password=secret,ssl=true";
        if (string.IsNullOrWhiteSpace(address))
        {
            throw new SettingException("Cache:Redis", null, Allowed);
        }
        try
        {
            Parse(address);
        }
        catch (ArgumentException)
        {
            // Without its value: it may hold a password.
            throw new SettingException("Cache:Redis", "(unreadable)", Allowed);
        }
    }

    public void Connect() => _connecting = ConnectAsync();

    public Task<SharedRead> ReadAsync(CacheKey key) => AskAsync(
        "read",
        async database => ReadOf((RedisValue[]?)await database.ScriptEvaluateAsync(
            RedisScripts.Read, [CacheNames.Of(key)], [CacheNames.StampPrefix(key.LocationId)])),
        SharedRead.NoAnswer);

    public Task WriteAsync(CacheKey key, string document, TimeSpan lifetime, IReadOnlyList<string> tags, long asOf) => AskAsync(
        "write",
        async database => !(await database.ScriptEvaluateAsync(
            RedisScripts.Write,
            [CacheNames.Of(key)],
            [asOf, string.Join(' ', tags.Append(CacheNames.Everything).Select(CacheNames.Part)), document, Math.Max(1, (long)lifetime.TotalMilliseconds)])).IsNull,
        false);

    public async Task InvalidateAsync(string locationId, string tag)
    {
        if (!await AskAsync("invalidate", async database => { await SendAsync(database, locationId, tag); return true; }, false))
        {
            // Not lost: it goes out before anything is read again.
            _late.Add(locationId, tag);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        await _connecting.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _connection?.Dispose();
        _end.Dispose();
    }

    private static ConfigurationOptions Parse(string address)
    {
        var options = ConfigurationOptions.Parse(address);
        options.AbortOnConnectFail = false;
        options.ConnectTimeout = 2_000;
        options.ConnectRetry = 1;
        options.ClientName = "enterprisehub";
        return options;
    }

    private async Task ConnectAsync()
    {
        while (_connection is null && !_end.IsCancellationRequested)
        {
            Task<ConnectionMultiplexer>? opening = null;
            try
            {
                opening = ConnectionMultiplexer.ConnectAsync(Parse(address));
                // The client bounds neither: one lost answer would leave this process without Redis for ever.
                var connection = await opening.WaitAsync(LongestAttempt, time, _end.Token);
                connection.ConnectionRestored += (_, _) => Interrupted?.Invoke();
                await connection.GetSubscriber().SubscribeAsync(
                    new RedisChannel(CacheNames.Channel, RedisChannel.PatternMode.Literal), (_, message) => Hear(message)).WaitAsync(LongestAttempt, time, _end.Token);
                _connection = connection;
            }
            catch (Exception failure)
            {
                _ = CloseAsync(opening);
                logger.LogWarning("Redis cannot be reached ({Error}); working without the shared cache", failure.GetType().Name);
                await Task.Delay(BetweenAttempts, time, _end.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    /// <summary>An attempt that was given up may still come to a connection.</summary>
    private static async Task CloseAsync(Task<ConnectionMultiplexer>? opening)
    {
        if (opening is not null)
        {
            await ((Task)opening).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (opening.IsCompletedSuccessfully)
            {
                (await opening).Dispose();
            }
        }
    }

    private async Task<T> AskAsync<T>(string operation, Func<IDatabase, Task<T>> ask, T otherwise)
    {
        if (_connection is not { } connection)
        {
            return otherwise;
        }
        return await _circuit.RunAsync(
            operation,
            async () =>
            {
                var database = connection.GetDatabase();
                await _late.SendAsync((location, tag) => SendAsync(database, location, tag));
                return await ask(database);
            },
            otherwise);
    }

    private static Task SendAsync(IDatabase database, string locationId, string tag) => database.ScriptEvaluateAsync(
        RedisScripts.Invalidate,
        [CacheNames.Stamp(locationId, tag)],
        [CacheNames.Channel, JsonSerializer.Serialize<string[]>([locationId, tag]), StampLife]);

    private void Hear(RedisValue message)
    {
        if (JsonSerializer.Deserialize<string[]>((string)message!) is [var location, var tag])
        {
            Invalidated?.Invoke(location, tag);
        }
    }

    private static SharedRead ReadOf(RedisValue[]? answer) => answer switch
    {
        [var now, var header, var document, var left] => new SharedRead(
            (long)now,
            document,
            [.. ((string)header!).Split(' ').Skip(1).Select(Uri.UnescapeDataString)],
            TimeSpan.FromMilliseconds((long)left)),
        [var now, ..] => SharedRead.Miss((long)now),
        _ => SharedRead.NoAnswer,
    };
}
