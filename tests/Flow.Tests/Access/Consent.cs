using System.Web;
using EnterpriseHub.TestKit.Topologies;

namespace EnterpriseHub.Flow.Tests.Access;

/// <summary>One consent at the simulated GHL, as a browser would go through it.</summary>
internal sealed record Consent(StandaloneTopology Hub, string State)
{
    /// <summary>Settings of a marketplace app.</summary>
    public static IReadOnlyList<string> App =>
        ["--Ghl:ClientId=hub-app", "--Ghl:ClientSecret=shh", "--Ghl:RedirectUrl=http://127.0.0.1/oauth/callback"];

    public static async Task<Consent> BeginAsync(StandaloneTopology hub, string key)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(hub.For("/oauth"), "/oauth/start"));
        request.Headers.Add("X-Api-Key", key);
        using var start = await hub.Http.SendAsync(request);
        return new Consent(hub, HttpUtility.ParseQueryString(start.Headers.Location!.Query)["state"]!);
    }

    /// <summary>Consents for a location (empty: for the whole agency) and goes back to the product.</summary>
    public async Task<HttpResponseMessage> GiveAsync(string locationId)
    {
        using var chosen = await Hub.Http.GetAsync(new Uri(
            Hub.For("/sim"),
            $"/sim/ghl/oauth/chooselocation?response_type=code&client_id=hub-app&redirect_uri=http%3A%2F%2F127.0.0.1%2Foauth%2Fcallback"
            + $"&locationId={locationId}&state={State}"));
        return await Hub.Http.GetAsync(new Uri(Hub.For("/oauth"), chosen.Headers.Location!.PathAndQuery));
    }
}
