using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Npgsql;

namespace EnterpriseHub.LoadTests.Measuring;

/// <summary>One look at the product while it works.</summary>
internal sealed record Sample
{
    /// <summary>Seconds from the start of the window.</summary>
    public required double At { get; init; }

    /// <summary>By program.</summary>
    public required IReadOnlyDictionary<string, ProcessUse> Programs { get; init; }

    /// <summary>Messages in all queues of the broker; null without one.</summary>
    public long? Queued { get; init; }

    /// <summary>MB of all tables with their indexes, or of the embedded stores' files.</summary>
    public required double StoreMb { get; init; }

    /// <summary>Rows by table, the ten largest; empty for an embedded store.</summary>
    public IReadOnlyDictionary<string, long> Rows { get; init; } = new Dictionary<string, long>();

    /// <summary>Dead rows in all tables; null for an embedded store.</summary>
    public long? DeadRows { get; init; }
}

/// <summary>Looks at memory, handles, threads, queues and tables.</summary>
internal sealed class Sampler(Target target, HttpClient http, TimeProvider time)
{
    public async Task<IReadOnlyList<Sample>> UntilAsync(Task end, TimeSpan every, CancellationToken cancellation)
    {
        var samples = new List<Sample>();
        var began = time.GetTimestamp();
        while (!end.IsCompleted)
        {
            samples.Add(await LookAsync(time.GetElapsedTime(began), cancellation));
            await Task.WhenAny(end, Task.Delay(every, time, cancellation));
        }
        return samples;
    }

    private async Task<Sample> LookAsync(TimeSpan at, CancellationToken cancellation)
    {
        var table = ProcessTable.Read();
        var sample = new Sample
        {
            At = Math.Round(at.TotalSeconds, 1),
            Programs = target.Processes().ToDictionary(program => program.Key, program => ProcessUse.Of(program.Value, table), StringComparer.Ordinal),
            Queued = target.RabbitMqManagement is null ? null : await QueuedAsync(cancellation),
            StoreMb = 0,
        };
        return target.Postgres is null ? sample with { StoreMb = FilesMb() } : await TablesAsync(sample, cancellation);
    }

    private double FilesMb() => Math.Round(
        Directory.EnumerateFiles(target.Data!, "*", SearchOption.AllDirectories).Sum(file => new FileInfo(file) is { Exists: true } found ? found.Length : 0) / 1e6, 2);

    private async Task<long> QueuedAsync(CancellationToken cancellation)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(new Uri(target.RabbitMqManagement!), "/api/queues?columns=messages"));
        var user = new Uri(target.RabbitMq!).UserInfo;
        request.Headers.Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes(Uri.UnescapeDataString(user))));
        using var answer = await http.SendAsync(request, cancellation);
        var queues = await answer.Content.ReadFromJsonAsync<JsonElement>(cancellation);
        return queues.EnumerateArray().Sum(queue => queue.TryGetProperty("messages", out var messages) ? messages.GetInt64() : 0);
    }

    private async Task<Sample> TablesAsync(Sample sample, CancellationToken cancellation)
    {
        await using var source = NpgsqlDataSource.Create(target.Postgres!);
        await using var ask = source.CreateCommand(
            "SELECT schemaname || '.' || relname, n_live_tup, n_dead_tup, pg_total_relation_size(relid) FROM pg_stat_user_tables ORDER BY n_live_tup DESC, 1");
        await using var found = await ask.ExecuteReaderAsync(cancellation);
        var rows = new Dictionary<string, long>(StringComparer.Ordinal);
        long dead = 0, bytes = 0;
        while (await found.ReadAsync(cancellation))
        {
            if (rows.Count < 10)
            {
                rows[found.GetString(0)] = found.GetInt64(1);
            }
            dead += found.GetInt64(2);
            bytes += found.GetInt64(3);
        }
        return sample with { Rows = rows, DeadRows = dead, StoreMb = Math.Round(bytes / 1e6, 2) };
    }
}
