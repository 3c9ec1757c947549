using System.Text.RegularExpressions;
using EnterpriseHub.Platform.Hosting;
using EnterpriseHub.TestKit.Repository;
using MassTransit;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace EnterpriseHub.Architecture.Tests.Deploy;

/// <summary>Every topology sends a path to the service that answers it.</summary>
public sealed partial class FrontDoorTests
{
    [Fact]
    public void Nginx_sends_every_path_where_the_table_says()
    {
        var locations = Location().Matches(File.ReadAllText(RepositoryRoot.Of("deploy", "nginx", "front-door.conf.template")))
            .ToDictionary(
                match => match.Groups["path"].Value is "/" ? "/" : match.Groups["path"].Value.TrimEnd('/'),
                match => match.Groups["upstream"].Value.Replace("_service", "", StringComparison.Ordinal).Replace('_', '-'));
        Assert.Equal(FrontDoorTable.Owners.Append(new(FrontDoorTable.Simulated, "simulator")).OrderBy(row => row.Key), locations.OrderBy(row => row.Key));
    }

    [Theory]
    [MemberData(nameof(Manifests.Overlays), MemberType = typeof(Manifests))]
    public void The_ingress_sends_every_path_where_the_table_says(string overlay)
    {
        var paths = Assert.Single(Manifests.Of(overlay, "Ingress")).At("spec", "rules")![0]!["http"]!["paths"]!.AsArray();
        Assert.All(paths, path => Assert.Equal("Prefix", path!["pathType"]!.GetValue<string>()));
        Assert.Equal(
            FrontDoorTable.Owners.OrderBy(row => row.Key),
            paths.Select(path => KeyValuePair.Create(path!["path"]!.GetValue<string>(), path["backend"]!["service"]!["name"]!.GetValue<string>())).OrderBy(row => row.Key));
    }

    [Fact]
    public void A_webhook_reaches_GHLs_retry_when_the_gateway_is_away()
    {
        var template = File.ReadAllText(RepositoryRoot.Of("deploy", "nginx", "front-door.conf.template"));
        Assert.Contains("error_page 502 504 = @again_later;", template, StringComparison.Ordinal);
        Assert.Contains("return 429", template, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_endpoint_of_a_module_can_be_reached_through_the_front_door()
    {
        var everywhere = Routes(new NoModule()).ToHashSet(StringComparer.Ordinal);
        Assert.Empty(
            from module in Modules.All()
            from route in Routes(module)
            where !everywhere.Contains(route) && FrontDoorTable.OwnerOf(route) != module.Name
            select $"{route} of {module.Name} goes to {FrontDoorTable.OwnerOf(route)}");
    }

    [Theory]
    [InlineData("/api/matches", "analytics")]
    [InlineData("/api/match/lead-1", "scoring")]
    [InlineData("/sim/ghl/contacts", "simulator")]
    [InlineData("/index.html", "analytics")]
    public void Prefixes_end_at_a_segment(string path, string owner) => Assert.Equal(owner, FrontDoorTable.OwnerOf(path));

    private static IEnumerable<string> Routes(IServiceModule module)
    {
        var data = Directory.CreateTempSubdirectory("hub-routes-");
        try
        {
            using var app = (IDisposable)ServiceHost.Build(
                [
                    "--Bus:Transport=InMemory", "--Store:Provider=Sqlite", $"--Store:Directory={data.FullName}", "--Cache:Provider=Memory",
                    "--Ghl:BaseUrl=/sim/ghl", "--Claude:BaseUrl=/sim/claude", "--Claude:ApiKey=sim",
                    // The settings file of standalone lies beside the test program.
                    "--Ghl:WebhookKeys:Ed25519:0=", "--Ghl:WebhookKeys:Ed25519:1=",
                    $"--Simulator:WebhookKeyFile={Path.Combine(data.FullName, "simulator.key")}",
                    "--Admin:ApiKey=an-admin-key-of-a-test", $"--Security:MasterKey={Convert.ToBase64String(new byte[32])}",
                ],
                module);
            return [.. ((IEndpointRouteBuilder)app).DataSources.SelectMany(source => source.Endpoints).OfType<RouteEndpoint>()
                .Select(endpoint => "/" + endpoint.RoutePattern.RawText!.TrimStart('/'))];
        }
        finally
        {
            data.Delete(recursive: true);
        }
    }

    private sealed class NoModule : IServiceModule
    {
        public string Name => "none";

        public void AddServices(IServiceCollection services, IConfiguration configuration)
        {
        }

        public void AddConsumers(IBusRegistrationConfigurator bus)
        {
        }

        public void MapEndpoints(IEndpointRouteBuilder routes)
        {
        }
    }

    [GeneratedRegex(@"^  location (?<path>/\S*) \{\s+proxy_pass http://(?<upstream>\w+);", RegexOptions.Multiline)]
    private static partial Regex Location();
}
