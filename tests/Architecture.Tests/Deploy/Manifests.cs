using System.Collections.Concurrent;
using System.ComponentModel;
using System.Diagnostics;
using System.Text.Json.Nodes;
using EnterpriseHub.TestKit.Repository;

namespace EnterpriseHub.Architecture.Tests.Deploy;

/// <summary>One rendered Kubernetes object.</summary>
internal sealed record Manifest(JsonObject Body)
{
    public string Kind => Body["kind"]!.GetValue<string>();

    public string Name => Body["metadata"]!["name"]!.GetValue<string>();

    public string Id => $"{Kind}/{Name}";

    public JsonNode? At(params string[] path) => path.Aggregate((JsonNode?)Body, (node, step) => node?[step]);

    /// <summary>The pod template's spec of a workload.</summary>
    public JsonNode Pod => At("spec", "template", "spec")!;

    public JsonNode Container => Assert.Single(Pod["containers"]!.AsArray())!;

    public string? Label(string key) => At("spec", "template", "metadata", "labels", key)?.GetValue<string>();
}

/// <summary>The overlays as <c>kubectl kustomize</c> renders them.</summary>
internal static class Manifests
{
    private static readonly ConcurrentDictionary<string, Lazy<IReadOnlyList<Manifest>?>> Rendered = new(StringComparer.Ordinal);

    public static TheoryData<string> Overlays => ["dev", "production"];

    public static IReadOnlyList<Manifest> Of(string overlay)
    {
        var rendered = Rendered.GetOrAdd(overlay, name => new(() => Render(name))).Value;
        Assert.SkipWhen(rendered is null, "needs kubectl, which renders the overlays");
        return rendered!;
    }

    public static IReadOnlyList<Manifest> Of(string overlay, string kind) => [.. Of(overlay).Where(manifest => manifest.Kind == kind)];

    private static IReadOnlyList<Manifest>? Render(string overlay)
    {
        Process? started;
        try
        {
            started = Process.Start(new ProcessStartInfo("kubectl", ["kustomize", RepositoryRoot.Of("deploy", "kubernetes", "overlays", overlay)])
            {
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            });
        }
        catch (Win32Exception)
        {
            return null;
        }
        using var kubectl = started!;
        var text = kubectl.StandardOutput.ReadToEnd();
        var errors = kubectl.StandardError.ReadToEnd();
        kubectl.WaitForExit();
        Assert.True(kubectl.ExitCode == 0, errors);
        return [.. Yaml.Documents(text).Select(body => new Manifest(body))];
    }
}
