using System.Text.RegularExpressions;
using EnterpriseHub.TestKit.Topologies;
using MassTransit;
using Xunit;

namespace EnterpriseHub.TestKit.Access;

/// <summary>Tries every door of every process, by every method, with credentials that are worth nothing.</summary>
public static partial class Crawl
{
    /// <summary>Everything that is not open by name answers 401, and nothing else: not even whether the method or the id exists.</summary>
    /// <param name="hub">The running product.</param>
    /// <param name="credential">Puts the worthless credential into a request.</param>
    public static async Task EveryDoorIsShutAsync(Topology hub, Action<HttpRequestMessage> credential)
    {
        var door = new Door(hub);
        var tried = 0;
        var open = new List<string>();
        foreach (var (address, services) in hub.Hosts)
        {
            foreach (var route in ProductEndpoints.Of(services).Select(endpoint => endpoint.Split(' ')[1]).Distinct())
            {
                var path = Parameter().Replace(route, $"x{NewId.NextGuid():N}");
                foreach (var method in ProductEndpoints.Methods.Where(method => !AccessTable.Open.ContainsKey($"{method} {route}")))
                {
                    tried++;
                    var answer = await door.AskAsync(credential, new HttpMethod(method), address, new Ask(path));
                    if (answer is not { Status: System.Net.HttpStatusCode.Unauthorized, Type: "application/problem+json" } && !(method == "HEAD" && (int)answer.Status == 401))
                    {
                        open.Add($"{method} {route}: {(int)answer.Status}");
                    }
                }
            }
        }
        Assert.Empty(open);
        Assert.InRange(tried, 150, int.MaxValue);
    }

    [GeneratedRegex(@"\{[^}]+\}")]
    private static partial Regex Parameter();
}
