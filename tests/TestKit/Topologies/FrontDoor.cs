namespace EnterpriseHub.TestKit.Topologies;

/// <summary>Which service answers for a path, as the front door's table says.</summary>
public static class FrontDoor
{
    /// <summary>Name of the service.</summary>
    public static string OwnerOf(string path) => path switch
    {
        _ when Under(path, "/sim") => "simulator",
        _ when Under(path, "/webhooks") || Under(path, "/oauth") || Under(path, "/api/locations") || Under(path, "/api/events") => "webhook-gateway",
        _ when Under(path, "/api/conversations") => "ai-orchestrator",
        _ when Under(path, "/api/cache") => "cache",
        _ when Under(path, "/api/scores") => "scoring",
        _ => "analytics",
    };

    private static bool Under(string path, string prefix) => path.StartsWith(prefix, StringComparison.Ordinal);
}
