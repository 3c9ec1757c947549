using System.Text.Json.Nodes;
using EnterpriseHub.TestKit.Repository;

namespace EnterpriseHub.Architecture.Tests.Deploy;

/// <summary>Every rendered object against Kubernetes' and KEDA's own schemas.</summary>
public sealed class SchemaTests
{
    [Theory]
    [MemberData(nameof(Manifests.Overlays), MemberType = typeof(Manifests))]
    public void Every_object_fits_its_schema(string overlay) =>
        Assert.Empty(Manifests.Of(overlay).SelectMany(manifest => Errors(manifest.Body).Select(error => $"{manifest.Id} {error}")));

    [Theory]
    [InlineData("spec.template.spec.terminationGracePeriodSecond", "unknown field")]
    [InlineData("spec.replicas", "is no")]
    public void A_planted_mistake_is_found(string path, string complaint)
    {
        var body = Manifests.Of("dev", "Deployment")[0].Body.DeepClone();
        var steps = path.Split('.');
        steps[..^1].Aggregate(body, (node, step) => node[step]!)[steps[^1]] = "ninety";
        Assert.Contains(complaint, Assert.Single(Errors(body)), StringComparison.Ordinal);
    }

    [Fact]
    public void A_planted_mistake_in_a_KEDA_object_is_found()
    {
        var body = Assert.Single(Manifests.Of("dev", "ScaledObject")).Body.DeepClone();
        body["spec"]!["maxReplicas"] = 3;
        Assert.Contains("unknown field maxReplicas", Assert.Single(Errors(body)), StringComparison.Ordinal);
    }

    private static IReadOnlyList<string> Errors(JsonNode body)
    {
        var folder = RepositoryRoot.Shared("k8s", "schemas");
        Assert.SkipWhen(folder is null, "needs the schemas in ../shared/k8s/schemas");
        var kind = body["kind"]!.GetValue<string>();
        var version = body["apiVersion"]!.GetValue<string>();
        var definition = Path.Combine(folder!, $"{version.Split('/')[0]}_{kind.ToLowerInvariant()}s.yaml");
        if (File.Exists(definition))
        {
            var resource = Yaml.Documents(File.ReadAllText(definition)).Single();
            var served = resource["spec"]!["versions"]!.AsArray().Single(one => one!["name"]!.GetValue<string>() == version.Split('/')[1])!;
            var schema = served["schema"]!["openAPIV3Schema"]!;
            // The API server owns the metadata; a custom resource's schema only says that it is an object.
            schema["properties"]!["metadata"] = new JsonObject();
            return new StrictSchema(resource).Errors(body, schema);
        }
        var core = JsonNode.Parse(File.ReadAllText(Path.Combine(folder!, "kubernetes-core-strict.json")))!;
        return core["kinds"]![$"{version}/{kind}"] is { } known ? new StrictSchema(core).Errors(body, known) : [$"no schema for {version}/{kind}"];
    }
}
