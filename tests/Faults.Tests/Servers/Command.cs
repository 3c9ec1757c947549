using System.Diagnostics;

namespace EnterpriseHub.Faults.Tests.Servers;

/// <summary>Runs a program to its end.</summary>
internal static class Command
{
    /// <returns>Exit code, and what it said on both outputs.</returns>
    public static async Task<(int Code, string Said)> RunAsync(string program, IEnumerable<string> arguments, IReadOnlyDictionary<string, string>? environment = null)
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardError = true, RedirectStandardOutput = true };
        foreach (var (key, value) in environment ?? new Dictionary<string, string>())
        {
            start.Environment[key] = value;
        }
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync();
        var errors = await process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        return (process.ExitCode, errors + await output);
    }
}
