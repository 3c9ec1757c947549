using System.Text.Json;
using System.Text.Json.Nodes;
using EnterpriseHub.Platform.Hosting;

namespace EnterpriseHub.WebhookGateway.ConnectLocation;

/// <summary>Locations of the settings, <c>Gateway:Locations:n:*</c>: <c>id</c> and the members of <c>PUT /api/locations/{id}</c>.</summary>
internal sealed class SeedLocations(IReadOnlyList<SeedLocation> seeds, SaveLocation save) : IHostedService
{
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        foreach (var seed in seeds)
        {
            await save.SeedAsync(seed.Id, seed.Body, cancellationToken);
        }
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}

/// <param name="Id">GHL location.</param>
/// <param name="Body">What a PUT would carry.</param>
internal sealed record SeedLocation(string Id, JsonElement Body)
{
    private const string Section = "Gateway:Locations";

    /// <exception cref="SettingException">A location has no id or a wrong member.</exception>
    public static IReadOnlyList<SeedLocation> Read(IConfiguration configuration) =>
        [.. configuration.GetSection(Section).GetChildren().Select(Read)];

    private static SeedLocation Read(IConfigurationSection section)
    {
        var id = section["id"];
        if (string.IsNullOrWhiteSpace(id))
        {
            throw new SettingException($"{section.Path}:id", id, "the id of a GHL location");
        }
        var node = (JsonObject)Node(section)!;
        node.Remove(node.First(member => member.Key.Equals("id", StringComparison.OrdinalIgnoreCase)).Key);
        var body = JsonSerializer.SerializeToElement(node);
        var (_, errors) = LocationRequest.Read(body, LocationDocument.Default(id));
        if (errors.Count == 0)
        {
            return new SeedLocation(id, body);
        }
        var (member, rules) = errors.First();
        var key = member.Replace('.', ':');
        // A secret that is too short is still a secret.
        var value = member is "accessToken" or "workflowSecret" ? "***" : section[key];
        throw new SettingException($"{section.Path}:{key}", value, $"it {rules[0]}");
    }

    /// <summary>Configuration is a flat list of texts: numbered children are a list, an empty text is null.</summary>
    private static JsonNode? Node(IConfigurationSection section)
    {
        var children = section.GetChildren().ToList();
        if (children.Count == 0)
        {
            return string.IsNullOrEmpty(section.Value) ? null : JsonValue.Create(section.Value);
        }
        return children.All(child => int.TryParse(child.Key, out _))
            ? new JsonArray([.. children.Select(Node)])
            : new JsonObject(children.Select(child => KeyValuePair.Create(child.Key, Node(child))));
    }
}
