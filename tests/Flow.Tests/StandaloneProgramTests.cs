using System.Diagnostics;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.RegularExpressions;
using EnterpriseHub.TestKit;
using EnterpriseHub.TestKit.Repository;
using EnterpriseHub.TestKit.Topologies;

namespace EnterpriseHub.Flow.Tests;

/// <summary>The newcomer's first command: the program as it is built, with the settings file that it ships.</summary>
public sealed partial class StandaloneProgramTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("hub-standalone-").FullName;
    private readonly Uri _address = new($"http://127.0.0.1:{Topology.FreePort()}");
    private readonly HttpClient _http = new();
    private readonly List<string> _printed = [];
    private Process? _program;

    [Fact]
    public async Task Answers_demo_leads_at_once_and_keeps_its_state_over_a_kill()
    {
        Start();
        await ReadyAsync();
        var key = await Eventually.BecomesAsync(() => Task.FromResult(PrintedKeys().FirstOrDefault()), printed => printed is not null);
        var replies = await Eventually.BecomesAsync(() => RepliesAsync(key!), count => count >= 2, TimeSpan.FromSeconds(120));
        var mode = await GetAsync("/api/metrics/mode", key!);
        Assert.True(mode.GetProperty("simulated").GetBoolean());
        Assert.Contains("EnterpriseHub", await _http.GetStringAsync(_address), StringComparison.Ordinal);

        _program!.Kill(entireProcessTree: true);
        await _program.WaitForExitAsync();
        Start();
        await ReadyAsync();

        Assert.True(await RepliesAsync(key!) >= replies);
        Assert.Single(PrintedKeys());
        Assert.Equal(HttpStatusCode.Unauthorized, (await _http.GetAsync(new Uri(_address, "/api/leads"))).StatusCode);
    }

    [Fact]
    public async Task A_wrong_setting_stops_the_start_and_names_the_allowed_values()
    {
        Start("--Bus:Transport=Pigeon");
        await _program!.WaitForExitAsync();
        _program.WaitForExit();
        Assert.Equal(2, _program.ExitCode);
        string printed;
        lock (_printed)
        {
            printed = string.Join('\n', _printed);
        }
        Assert.Contains("Setting 'Bus:Transport' is 'Pigeon'; allowed: RabbitMq | InMemory", printed, StringComparison.Ordinal);
    }

    public void Dispose()
    {
        if (_program is { HasExited: false })
        {
            _program.Kill(entireProcessTree: true);
            _program.WaitForExit();
        }
        _program?.Dispose();
        _http.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private void Start(params string[] arguments)
    {
        // The same configuration as this test was built in.
        var output = Path.GetRelativePath(RepositoryRoot.Of("tests", "Flow.Tests", "bin"), AppContext.BaseDirectory);
        var program = RepositoryRoot.Of("services", "standalone", "bin", output, "EnterpriseHub.Standalone");
        Assert.True(File.Exists(program), $"{program} is not built; build Microservices.sln first.");
        _program = new Process
        {
            StartInfo = new ProcessStartInfo(program, [$"--Urls={_address}", "--Simulator:Leads:RatePerSecond=5", .. arguments])
            {
                WorkingDirectory = _folder,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            },
        };
        _program.OutputDataReceived += Note;
        _program.ErrorDataReceived += Note;
        _program.Start();
        _program.BeginOutputReadLine();
        _program.BeginErrorReadLine();
    }

    private void Note(object sender, DataReceivedEventArgs line)
    {
        lock (_printed)
        {
            _printed.Add(line.Data ?? "");
        }
    }

    private List<string> PrintedKeys()
    {
        lock (_printed)
        {
            return [.. _printed.Select(line => Key().Match(line)).Where(match => match.Success).Select(match => match.Value)];
        }
    }

    private Task<bool> ReadyAsync() => Eventually.BecomesAsync(
        async () =>
        {
            try
            {
                return (await _http.GetAsync(new Uri(_address, "/health/ready"))).IsSuccessStatusCode;
            }
            catch (HttpRequestException)
            {
                return false;
            }
        },
        ready => ready);

    private async Task<long> RepliesAsync(string key) =>
        (await GetAsync("/api/metrics/summary", key)).GetProperty("window").GetProperty("replies").GetInt64();

    private async Task<JsonElement> GetAsync(string path, string key)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(_address, path));
        request.Headers.Add("X-Api-Key", key);
        using var answer = await _http.SendAsync(request);
        answer.EnsureSuccessStatusCode();
        return await answer.Content.ReadFromJsonAsync<JsonElement>();
    }

    [GeneratedRegex("ehk_[0-9a-f]+_[0-9a-f]+")]
    private static partial Regex Key();
}
