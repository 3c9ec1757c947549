using System.Diagnostics;
using System.Text.Json;
using EnterpriseHub.TestKit.Traffic;

namespace EnterpriseHub.LoadTests;

/// <summary>The running product, as <c>topology.sh</c> describes it in a JSON file.</summary>
internal sealed class Target
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web);

    private readonly string _file;
    private readonly Description _description;

    private Target(string file, Description description) => (_file, _description, Key) = (file, description, WebhookKey.Read(description.WebhookKey));

    /// <summary>standalone or five.</summary>
    public string Topology => _description.Topology;

    /// <summary>The gateway's own port.</summary>
    public Uri Hub => _description.Hub;

    /// <summary>The orchestrator's own port.</summary>
    public Uri Conversations => _description.Conversations;

    public Uri Simulator => _description.Simulator;

    public string AdminKey => _description.AdminKey;

    public WebhookKey Key { get; }

    /// <summary>Null where there is no broker.</summary>
    public string? RabbitMq => _description.RabbitMq;

    public string? RabbitMqManagement => _description.RabbitMqManagement;

    /// <summary>Null where the store is a folder.</summary>
    public string? Postgres => _description.Postgres;

    /// <summary>Folder of the embedded stores; null where the store is a server.</summary>
    public string? Data => _description.Data;

    /// <exception cref="IOException">There is no such file.</exception>
    public static Target Read(string file) => new(file, Describe(file));

    /// <summary>Programs that run now, by name: ids of their first processes.</summary>
    public IReadOnlyDictionary<string, int> Processes() => Describe(_file).Processes;

    /// <summary>Stops, kills or starts a part: <c>topology.sh VERB … NAME</c>.</summary>
    /// <exception cref="InvalidOperationException">The script failed.</exception>
    public async Task ControlAsync(string verb, string name, CancellationToken cancellation)
    {
        var start = new ProcessStartInfo("bash") { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var word in (string[])[_description.Control, verb, Topology, _description.Directory, name])
        {
            start.ArgumentList.Add(word);
        }
        using var script = Process.Start(start)!;
        var said = Task.WhenAll(script.StandardOutput.ReadToEndAsync(cancellation), script.StandardError.ReadToEndAsync(cancellation));
        await script.WaitForExitAsync(cancellation);
        if (script.ExitCode != 0)
        {
            throw new InvalidOperationException($"topology.sh {verb} {name}: {string.Join(" ", await said)}");
        }
    }

    private static Description Describe(string file) => JsonSerializer.Deserialize<Description>(File.ReadAllText(file), Options)!;

    private sealed record Description
    {
        public required string Topology { get; init; }

        public required Uri Hub { get; init; }

        public required Uri Conversations { get; init; }

        public required Uri Simulator { get; init; }

        public required string AdminKey { get; init; }

        public required string WebhookKey { get; init; }

        public required string Control { get; init; }

        public required string Directory { get; init; }

        public string? RabbitMq { get; init; }

        public string? RabbitMqManagement { get; init; }

        public string? Postgres { get; init; }

        public string? Data { get; init; }

        public required IReadOnlyDictionary<string, int> Processes { get; init; }
    }
}
