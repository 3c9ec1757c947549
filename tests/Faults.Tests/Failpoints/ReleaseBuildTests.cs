using System.Diagnostics;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using EnterpriseHub.TestKit.Repository;

namespace EnterpriseHub.Faults.Tests.Failpoints;

/// <summary>What is deployed is a Release build: it must hold no failpoint, neither a call nor what a call would do.</summary>
public sealed class ReleaseBuildTests
{
    [Fact]
    public async Task A_release_build_has_no_failpoints_and_a_debug_build_has()
    {
        using var build = Process.Start(new ProcessStartInfo(
            "dotnet", ["build", RepositoryRoot.Of("services", "standalone"), "-c", "Release", "-v", "quiet", "--nologo", "-nodeReuse:false"])
        {
            RedirectStandardOutput = true,
        })!;
        var output = await build.StandardOutput.ReadToEndAsync();
        await build.WaitForExitAsync();
        Assert.True(build.ExitCode == 0, output);

        Assert.Empty(CallsIn("Release"));
        Assert.Empty(ImportsOf("Release"));
        Assert.Contains("EnterpriseHub.WebhookGateway.dll: Hit", CallsIn("Debug"));
        Assert.Contains("kill", ImportsOf("Debug"));
    }

    /// <summary>References to members of Failpoint, by assembly.</summary>
    private static IReadOnlyList<string> CallsIn(string configuration) =>
    [
        .. from file in Assemblies(configuration)
           from name in Read(file, metadata => metadata.MemberReferences.Select(metadata.GetMemberReference)
               .Where(member => member.Parent.Kind == HandleKind.TypeReference
                   && metadata.GetString(metadata.GetTypeReference((TypeReferenceHandle)member.Parent).Name) == "Failpoint")
               .Select(member => metadata.GetString(member.Name)).ToList())
           select $"{Path.GetFileName(file)}: {name}",
    ];

    /// <summary>Functions of the system that the platform's Failpoint class imports.</summary>
    private static IReadOnlyList<string> ImportsOf(string configuration) =>
        Read(Assemblies(configuration).Single(file => Path.GetFileName(file) == "EnterpriseHub.Platform.dll"), metadata =>
            metadata.MethodDefinitions.Select(metadata.GetMethodDefinition)
                .Where(method => metadata.GetString(metadata.GetTypeDefinition(method.GetDeclaringType()).Name) == "Failpoint" && method.GetImport() is { Name.IsNil: false })
                .Select(method => metadata.GetString(method.GetImport().Name)).ToList());

    private static string[] Assemblies(string configuration) =>
        Directory.GetFiles(RepositoryRoot.Of("services", "standalone", "bin", configuration, "net10.0"), "EnterpriseHub.*.dll");

    private static T Read<T>(string file, Func<MetadataReader, T> read)
    {
        using var stream = File.OpenRead(file);
        using var assembly = new PEReader(stream);
        return read(assembly.GetMetadataReader());
    }
}
