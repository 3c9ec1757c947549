using System.Text.Json.Nodes;

namespace EnterpriseHub.Architecture.Tests.Deploy;

/// <summary>What the objects owe each other, which no schema can say.</summary>
public sealed class ManifestRuleTests
{
    private const string NameLabel = "app.kubernetes.io/name";

    [Theory]
    [MemberData(nameof(Manifests.Overlays), MemberType = typeof(Manifests))]
    public void Every_selector_finds_exactly_the_pods_of_its_name(string overlay)
    {
        var pods = Manifests.Of(overlay, "Deployment").ToDictionary(one => one.Name, one => one.Label(NameLabel));
        Assert.All(pods, pod => Assert.Equal(pod.Key, pod.Value));
        Assert.All(Manifests.Of(overlay, "Deployment"), one => Assert.Equal(one.Name, Text(one.At("spec", "selector", "matchLabels", NameLabel))));
        Assert.Equal(pods.Keys.Order(), Manifests.Of(overlay, "Service").Select(one => Text(one.At("spec", "selector", NameLabel))).Order());
        Assert.Equal(pods.Keys.Order(), Manifests.Of(overlay, "PodDisruptionBudget").Select(one => Text(one.At("spec", "selector", "matchLabels", NameLabel))).Order());
        Assert.All(
            from workload in Manifests.Of(overlay, "Deployment")
            from spread in workload.Pod["topologySpreadConstraints"]?.AsArray() ?? []
            select (workload.Name, Selected: Text(spread!["labelSelector"]!["matchLabels"]![NameLabel])),
            spread => Assert.Equal(spread.Name, spread.Selected));
    }

    [Theory]
    [MemberData(nameof(Manifests.Overlays), MemberType = typeof(Manifests))]
    public void Every_port_that_is_named_exists(string overlay)
    {
        foreach (var workload in Manifests.Of(overlay, "Deployment"))
        {
            var ports = workload.Container["ports"]!.AsArray().Select(port => Text(port!["name"])).ToList();
            var service = Manifests.Of(overlay, "Service").Single(one => one.Name == workload.Name);
            Assert.All(service.At("spec", "ports")!.AsArray(), port => Assert.Contains(Text(port!["targetPort"]), ports));
            Assert.All(["startupProbe", "livenessProbe", "readinessProbe"], probe => Assert.Contains(Text(workload.Container[probe]!["httpGet"]!["port"]), ports));
        }
        Assert.All(Backends(overlay), backend => Assert.Contains(
            Text(backend["port"]!["name"]),
            Manifests.Of(overlay, "Service").Single(one => one.Name == Text(backend["name"])).At("spec", "ports")!.AsArray().Select(port => Text(port!["name"]))));
    }

    [Theory]
    [MemberData(nameof(Manifests.Overlays), MemberType = typeof(Manifests))]
    public void A_workload_has_one_owner_of_its_replicas(string overlay)
    {
        var scaled = Manifests.Of(overlay, "HorizontalPodAutoscaler").Concat(Manifests.Of(overlay, "ScaledObject"))
            .Select(one => Text(one.At("spec", "scaleTargetRef", "name"))).ToList();
        Assert.Equal(scaled.Distinct(), scaled);
        Assert.All(scaled, name => Assert.Null(Manifests.Of(overlay, "Deployment").Single(one => one.Name == name).At("spec", "replicas")));
        Assert.All(Manifests.Of(overlay, "Deployment").Where(one => !scaled.Contains(one.Name)), one => Assert.NotNull(one.At("spec", "replicas")));
    }

    [Theory]
    [MemberData(nameof(Manifests.Overlays), MemberType = typeof(Manifests))]
    public void Every_pod_fits_the_restricted_profile(string overlay) =>
        Assert.All(Manifests.Of(overlay, "Deployment"), workload =>
        {
            Assert.False(workload.Pod["automountServiceAccountToken"]!.GetValue<bool>());
            Assert.True(workload.Pod["securityContext"]!["runAsNonRoot"]!.GetValue<bool>());
            Assert.Equal("RuntimeDefault", Text(workload.Pod["securityContext"]!["seccompProfile"]!["type"]));
            var rules = workload.Container["securityContext"]!;
            Assert.False(rules["allowPrivilegeEscalation"]!.GetValue<bool>());
            Assert.True(rules["readOnlyRootFilesystem"]!.GetValue<bool>());
            Assert.Equal("ALL", Text(Assert.Single(rules["capabilities"]!["drop"]!.AsArray())));
            Assert.NotNull(workload.Container["resources"]!["limits"]!["memory"]);
            Assert.NotNull(workload.Container["resources"]!["requests"]!["cpu"]);
        });

    [Theory]
    [MemberData(nameof(Manifests.Overlays), MemberType = typeof(Manifests))]
    public void Every_pod_may_end_its_work_before_it_is_killed(string overlay) =>
        Assert.All(Manifests.Of(overlay, "Deployment"), workload =>
        {
            // The host waits 80 s (ServiceHost), the sleep comes before that.
            var grace = workload.Pod["terminationGracePeriodSeconds"]!.GetValue<long>();
            Assert.InRange(grace, 80 + workload.Container["lifecycle"]!["preStop"]!["sleep"]!["seconds"]!.GetValue<long>(), 120);
            Assert.Equal("/health/live", Text(workload.Container["livenessProbe"]!["httpGet"]!["path"]));
            Assert.Equal("/health/ready", Text(workload.Container["readinessProbe"]!["httpGet"]!["path"]));
            Assert.Equal(0, workload.At("spec", "strategy", "rollingUpdate", "maxUnavailable")!.GetValue<long>());
        });

    [Theory]
    [MemberData(nameof(Manifests.Overlays), MemberType = typeof(Manifests))]
    public void All_traffic_is_denied_unless_a_policy_names_it(string overlay)
    {
        var policies = Manifests.Of(overlay, "NetworkPolicy");
        var deny = policies.Single(one => one.Name == "default-deny");
        Assert.Empty(deny.At("spec", "podSelector")!.AsObject());
        Assert.Equal(["Ingress", "Egress"], deny.At("spec", "policyTypes")!.AsArray().Select(Text));
        Assert.True(deny.At("spec", "ingress") is null && deny.At("spec", "egress") is null);
        // Only two may reach the internet.
        var outside = Assert.Single(policies, one => one.Body.ToJsonString().Contains("0.0.0.0/0", StringComparison.Ordinal));
        Assert.Equal(["webhook-gateway", "ai-orchestrator"], outside.At("spec", "podSelector", "matchExpressions")![0]!["values"]!.AsArray().Select(Text));
    }

    [Theory]
    [MemberData(nameof(Manifests.Overlays), MemberType = typeof(Manifests))]
    public void At_full_scale_and_in_the_middle_of_a_rollout_PostgreSQL_has_connections_left(string overlay)
    {
        var most = Manifests.Of(overlay, "Deployment").Sum(workload =>
        {
            var pods = Manifests.Of(overlay, "HorizontalPodAutoscaler").Concat(Manifests.Of(overlay, "ScaledObject"))
                .Where(one => Text(one.At("spec", "scaleTargetRef", "name")) == workload.Name)
                .Select(one => (one.At("spec", "maxReplicas") ?? one.At("spec", "maxReplicaCount"))!.GetValue<long>())
                .DefaultIfEmpty(workload.At("spec", "replicas")?.GetValue<long>() ?? 0).Single();
            var each = long.Parse(Text(workload.Container["env"]!.AsArray().Single(one => Text(one!["name"]) == "Store__MaxConnections")!["value"])!, null);
            return (pods + workload.At("spec", "strategy", "rollingUpdate", "maxSurge")!.GetValue<long>()) * each;
        });
        Assert.InRange(most, 1, 290);
    }

    [Fact]
    public void The_simulator_does_not_run_in_production() =>
        Assert.DoesNotContain(Manifests.Of("production"), one => one.Body.ToJsonString().Contains("simulator", StringComparison.Ordinal));

    internal static IEnumerable<JsonNode> Backends(string overlay) =>
        from ingress in Manifests.Of(overlay, "Ingress")
        from rule in ingress.At("spec", "rules")!.AsArray()
        from path in rule!["http"]!["paths"]!.AsArray()
        select path["backend"]!["service"]!;

    private static string? Text(JsonNode? node) => node?.GetValue<string>();
}
