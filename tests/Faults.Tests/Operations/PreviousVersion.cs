using System.Diagnostics;
using EnterpriseHub.TestKit.Repository;

namespace EnterpriseHub.Faults.Tests.Operations;

/// <summary>Builds the version that <c>previous-version</c> names out of the repository's history.</summary>
internal sealed class PreviousVersion : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("hub-previous-").FullName;

    /// <summary>Commit of the version before this one.</summary>
    public static string Commit { get; } = File.ReadAllText(RepositoryRoot.Of("tests", "Faults.Tests", "previous-version")).Trim();

    /// <summary>True where the history is there.</summary>
    public static async Task<bool> IsKnownAsync() => await RunAsync($"git -C '{RepositoryRoot.Of()}' cat-file -e {Commit}^{{commit}}") == 0;

    /// <summary>Folder of the built program of a service.</summary>
    public string Of(string service) => Path.Combine(_folder, "services", service, "bin", "Debug", "net10.0");

    /// <summary>Takes the sources out of the history and builds the two services that share the path of a message.</summary>
    public async Task BuildAsync()
    {
        var build = string.Join(" && ", from service in new[] { "webhook-gateway", "ai-orchestrator" }
                                        select $"dotnet build services/{service} -v quiet --nologo -nodeReuse:false");
        var code = await RunAsync($"git -C '{RepositoryRoot.Of()}' archive {Commit} | tar -x -C '{_folder}' && cd '{_folder}' && {build} >build.log 2>&1");
        if (code != 0)
        {
            throw new InvalidOperationException($"{Commit} could not be built:\n{File.ReadAllText(Path.Combine(_folder, "build.log"))}");
        }
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private static async Task<int> RunAsync(string script)
    {
        using var shell = Process.Start(new ProcessStartInfo("/bin/sh", ["-c", script]) { RedirectStandardError = true })!;
        await shell.StandardError.ReadToEndAsync();
        await shell.WaitForExitAsync();
        return shell.ExitCode;
    }
}
