using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using EnterpriseHub.Platform.Hosting;
using EnterpriseHub.TestKit.Repository;

namespace EnterpriseHub.Architecture.Tests.Deploy;

/// <summary>Settings, keys and queue names in the deployment files are those that the product knows.</summary>
public sealed partial class SettingTests
{
    private static readonly string Readme = File.ReadAllText(RepositoryRoot.Of("README.md"));

    [Theory]
    [InlineData("docker-compose.yml")]
    [InlineData("deploy/local/topology.sh")]
    [InlineData("deploy/kubernetes/base/settings.yaml")]
    [InlineData("deploy/kubernetes/base/webhook-gateway.yaml")]
    [InlineData("deploy/kubernetes/base/ai-orchestrator.yaml")]
    [InlineData("deploy/kubernetes/base/cache.yaml")]
    [InlineData("deploy/kubernetes/base/scoring.yaml")]
    [InlineData("deploy/kubernetes/base/analytics.yaml")]
    [InlineData("deploy/kubernetes/components/simulator/simulator.yaml")]
    [InlineData("deploy/kubernetes/components/simulator/kustomization.yaml")]
    [InlineData("deploy/kubernetes/overlays/production/kustomization.yaml")]
    public void Every_setting_is_known(string file) => Assert.Empty(Unknown(File.ReadAllText(RepositoryRoot.Of(file))));

    [Fact]
    public void A_setting_that_nobody_reads_is_found() => Assert.Equal(["Store__Providr"], Unknown("Store__Provider: Postgres\nStore__Providr: Postgres"));

    [Theory]
    [MemberData(nameof(Manifests.Overlays), MemberType = typeof(Manifests))]
    public void Every_key_of_the_secret_is_in_the_documents_table(string overlay)
    {
        var table = File.ReadAllText(RepositoryRoot.Of("deploy", "README.md"));
        var keys = Manifests.Of(overlay).SelectMany(one => References(one.Body, "enterprisehub")).Distinct().ToList();
        Assert.Contains("bus-rabbitmq", keys);
        Assert.All(keys, key => Assert.Contains($"| `{key}` |", table, StringComparison.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Manifests.Overlays), MemberType = typeof(Manifests))]
    public void Every_config_map_and_account_that_is_named_exists(string overlay) =>
        Assert.All(Manifests.Of(overlay, "Deployment"), workload =>
        {
            Assert.Contains(Manifests.Of(overlay, "ConfigMap"), one => one.Name == workload.Container["envFrom"]![0]!["configMapRef"]!["name"]!.GetValue<string>());
            Assert.Contains(Manifests.Of(overlay, "ServiceAccount"), one => one.Name == workload.Pod["serviceAccountName"]!.GetValue<string>());
        });

    [Theory]
    [MemberData(nameof(Manifests.Overlays), MemberType = typeof(Manifests))]
    public void The_autoscaler_watches_the_orchestrators_own_queue(string overlay)
    {
        var trigger = Assert.Single(Assert.Single(Manifests.Of(overlay, "ScaledObject")).At("spec", "triggers")!.AsArray())!;
        var queue = trigger["metadata"]!["queueName"]!.GetValue<string>();
        Assert.Contains(Manifests.Of(overlay, "TriggerAuthentication"), one => one.Name == trigger["authenticationRef"]!["name"]!.GetValue<string>());
        var module = Modules.All().Single(one => queue.StartsWith(one.Name + "-", StringComparison.Ordinal));
        var names = new Platform.Messaging.ModuleEndpointNames([module]);
        var queues = Modules.Registered(module).Select(consumer =>
            (string)typeof(MassTransit.IEndpointNameFormatter).GetMethod("Consumer")!.MakeGenericMethod(consumer).Invoke(names, null)!);
        Assert.Contains(queue, queues);
    }

    [Theory]
    [InlineData("webhook-gateway")]
    [InlineData("ai-orchestrator")]
    [InlineData("cache")]
    [InlineData("scoring")]
    [InlineData("analytics")]
    [InlineData("simulator")]
    public void Compose_builds_every_service_from_a_project_that_exists(string name)
    {
        var compose = Yaml.Documents(File.ReadAllText(RepositoryRoot.Of("docker-compose.yml"))).Single();
        var service = compose["services"]![name]!;
        var project = service["build"]!["args"]!["PROJECT"]!.GetValue<string>();
        Assert.Equal(name, project);
        Assert.Single(Directory.GetFiles(RepositoryRoot.Of("services", project), "*.csproj"));
        Assert.True(service["read_only"]!.GetValue<bool>());
        Assert.Equal(["rabbitmq", "postgres", "redis"], service["depends_on"]!.AsObject().Select(one => one.Key));
        Assert.Contains(Modules.All(), module => module.Name == name);
    }

    private static IReadOnlyList<string> Unknown(string text) =>
        [.. Setting().Matches(text).Select(match => match.Value).Distinct().Where(setting => !IsKnown(setting))];

    /// <summary>The README's table is the product's list; what else is set belongs to .NET or to a module's own options.</summary>
    private static bool IsKnown(string setting) =>
        setting.StartsWith("Logging__LogLevel__", StringComparison.Ordinal)
        || Readme.Contains($"`{Regex.Replace(setting, @"__\d+$", "__0..n")}`", StringComparison.Ordinal)
        || (setting.Split("__") is [.., var section, var key] && IsOption(section, key));

    private static bool IsOption(string section, string key) =>
        ModulesAndPlatform.SelectMany(assembly => assembly.GetTypes())
            .Any(type => type.Name.StartsWith(section.TrimEnd('s'), StringComparison.Ordinal) && type.Name.EndsWith("Options", StringComparison.Ordinal) && type.GetProperty(key) is not null);

    private static IEnumerable<System.Reflection.Assembly> ModulesAndPlatform =>
        Modules.All().Select(module => module.GetType().Assembly).Append(typeof(ServiceHost).Assembly);

    private static IEnumerable<string> References(JsonNode? node, string secret) => node switch
    {
        JsonObject entries when entries["name"]?.ToString() == secret && entries["key"] is JsonValue key => [key.GetValue<string>()],
        JsonObject entries => entries.SelectMany(entry => References(entry.Value, secret)),
        JsonArray items => items.SelectMany(item => References(item, secret)),
        _ => [],
    };

    [GeneratedRegex(@"\b[A-Z][A-Za-z0-9]*__[A-Za-z0-9_]*[A-Za-z0-9]\b")]
    private static partial Regex Setting();
}
