namespace EnterpriseHub.Architecture.Tests.Deploy;

/// <summary>Which path of the front door belongs to which service: the one table that nginx, the ingress and the modules are held to.</summary>
internal static class FrontDoorTable
{
    public static IReadOnlyDictionary<string, string> Owners { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["/webhooks"] = "webhook-gateway",
        ["/oauth"] = "webhook-gateway",
        ["/health"] = "webhook-gateway",
        ["/api/locations"] = "webhook-gateway",
        ["/api/events"] = "webhook-gateway",
        ["/api/conversations"] = "ai-orchestrator",
        ["/api/assistant"] = "ai-orchestrator",
        ["/api/coaching"] = "ai-orchestrator",
        ["/api/knowledge"] = "ai-orchestrator",
        ["/api/cache"] = "cache",
        ["/api/scores"] = "scoring",
        ["/api/match"] = "scoring",
        ["/api/forecast"] = "scoring",
        ["/api/models"] = "scoring",
        ["/api/metrics"] = "analytics",
        ["/api/experiments"] = "analytics",
        ["/api/alerts"] = "analytics",
        ["/api/leads"] = "analytics",
        ["/api/keys"] = "analytics",
        ["/api/session"] = "analytics",
        ["/"] = "analytics",
    };

    /// <summary>The simulator's, where it runs: never behind the ingress.</summary>
    public const string Simulated = "/sim";

    /// <summary>The longest prefix of whole path segments decides.</summary>
    public static string OwnerOf(string path) =>
        Covers(Simulated, path) ? "simulator" : Owners.Where(row => Covers(row.Key, path)).MaxBy(row => row.Key.Length).Value;

    private static bool Covers(string prefix, string path) =>
        prefix == "/" || path == prefix || path.StartsWith(prefix + "/", StringComparison.Ordinal);
}
