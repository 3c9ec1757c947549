using System.Diagnostics;
using System.Net;
using System.Runtime.InteropServices;
using EnterpriseHub.TestKit.Repository;

namespace EnterpriseHub.Faults.Tests.Processes;

/// <summary>One service as the real program in a process of its own, which a test may end, freeze and start again.</summary>
/// <param name="name">Name in reports, e.g. <c>webhook-gateway-2</c>.</param>
/// <param name="folder">Folder of the service below <c>services/</c>.</param>
/// <param name="program">Program's file name.</param>
/// <param name="address">Where it listens.</param>
/// <param name="logs">Folder of its log, which every start continues.</param>
internal sealed class ServiceProcess(string name, string folder, string program, Uri address, string logs) : IAsyncDisposable
{
    private static readonly HttpClient Http = new() { Timeout = TimeSpan.FromSeconds(2) };

    private Process? _process;

    /// <summary>Name in reports.</summary>
    public string Name => name;

    /// <summary>Where it listens.</summary>
    public Uri Address => address;

    /// <summary>Folder with the built program; another version of the product lies elsewhere.</summary>
    public string Binaries { get; private init; } = RepositoryRoot.Of("services", folder, "bin", "Debug", "net10.0");

    /// <summary>Settings, <c>Section__Key</c>.</summary>
    public required IReadOnlyDictionary<string, string> Settings { get; init; }

    /// <summary>True while the process is there, frozen or not.</summary>
    public bool Runs => _process is { HasExited: false };

    /// <summary>True while it is stopped by a signal.</summary>
    public bool IsFrozen => Runs && File.ReadAllText($"/proc/{_process!.Id}/stat").Split(") ", 2)[1].StartsWith('T');

    /// <summary>True once it was started and ended without being asked to.</summary>
    public bool Died => _process is { HasExited: true };

    /// <summary>The same service of another version.</summary>
    public ServiceProcess From(string binaries) => new(name, folder, program, address, logs) { Settings = Settings, Binaries = binaries };

    /// <summary>True once it ended and asked for a new start, see <c>BusWatch</c>: code 3, or SIGABRT where it could not even stop.</summary>
    public bool AsksForStart => _process is { HasExited: true, ExitCode: 3 or 134 };

    /// <summary>Starts the program; returns when it is ready.</summary>
    public async Task StartAsync()
    {
        Launch();
        await ReadyAsync();
    }

    /// <summary>Starts the program.</summary>
    public void Launch()
    {
        _process?.Dispose();
        // The shell gives way to the program, so that the process id is the program's.
        var start = new ProcessStartInfo("/bin/sh", ["-c", "exec \"$0\" >>\"$1\" 2>&1", Path.Combine(Binaries, program), Path.Combine(logs, name + ".log")])
        {
            WorkingDirectory = logs,
        };
        foreach (var (key, value) in Settings)
        {
            start.Environment[key] = value;
        }
        start.Environment["ASPNETCORE_URLS"] = address.GetLeftPart(UriPartial.Authority);
        start.Environment["URLS"] = address.GetLeftPart(UriPartial.Authority);
        _process = Process.Start(start)!;
    }

    /// <summary>Waits until it says that it is ready.</summary>
    /// <exception cref="InvalidOperationException">It ended, or is not ready after three minutes.</exception>
    public async Task ReadyAsync()
    {
        var began = Stopwatch.GetTimestamp();
        while (!await AnswersAsync())
        {
            if (_process!.HasExited || Stopwatch.GetElapsedTime(began) > TimeSpan.FromMinutes(3))
            {
                throw new InvalidOperationException($"{name} is not ready{(_process.HasExited ? $", it ended with {_process.ExitCode}" : "")}:\n{Tail()}");
            }
            await Task.Delay(50, CancellationToken.None);
        }
    }

    /// <summary>Sends a signal.</summary>
    public void Signal(PosixSignalNumber signal)
    {
        if (Runs)
        {
            _ = Kill(_process!.Id, (int)signal);
        }
    }

    /// <summary>SIGKILL; returns when it is gone.</summary>
    public async Task KillAsync()
    {
        Signal(PosixSignalNumber.Kill);
        await GoneAsync(TimeSpan.FromSeconds(10));
    }

    /// <summary>SIGTERM; returns when it has ended by itself.</summary>
    public async Task StopAsync()
    {
        Signal(PosixSignalNumber.Term);
        await GoneAsync(TimeSpan.FromSeconds(90));
        _process?.Dispose();
        _process = null;
    }

    /// <summary>Waits until the process has ended.</summary>
    public async Task GoneAsync(TimeSpan patience)
    {
        if (_process is not null)
        {
            using var limit = new CancellationTokenSource(patience);
            await _process.WaitForExitAsync(limit.Token);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await KillAsync();
        _process?.Dispose();
    }

    private async Task<bool> AnswersAsync()
    {
        try
        {
            using var answer = await Http.GetAsync(new Uri(address, "/health/ready"), CancellationToken.None);
            return answer.StatusCode == HttpStatusCode.OK;
        }
        catch (Exception failure) when (failure is HttpRequestException or TaskCanceledException)
        {
            return false;
        }
    }

    private string Tail() => string.Join('\n', File.ReadLines(Path.Combine(logs, name + ".log")).TakeLast(20));

    [DllImport("libc", EntryPoint = "kill", SetLastError = true)]
    private static extern int Kill(int process, int signal);
}

/// <summary>Signals by their numbers on Linux.</summary>
internal enum PosixSignalNumber
{
    Kill = 9,
    Term = 15,
    Cont = 18,
    Stop = 19,
}
