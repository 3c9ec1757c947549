using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using EnterpriseHub.Contracts.Conversations;

namespace EnterpriseHub.WebhookGateway.Tests.ReceiveGhlWebhook;

public abstract class WorkflowTests(IntakeHost host)
{
    private const string Secret = "workflow-secret-0123456789";

    [Fact]
    public async Task A_wrong_secret_a_missing_one_and_an_unknown_location_are_told_alike()
    {
        var location = await ConnectedAsync();
        var closed = await host.LocationAsync();
        var body = new JsonObject { ["id"] = "c1", ["email"] = "a@b.example" };
        var refusals = new List<HttpResponseMessage>
        {
            await SendAsync(location, body, "wrong-secret-0123456789"),
            await SendAsync(location, body),
            await SendAsync(location, body, ""),
            await SendAsync(location, body, Secret + ","),
            await SendAsync(location, body, Secret, Secret),
            await SendAsync("nobodys", body, Secret),
            await SendAsync(closed, body, Secret),
        };
        Assert.All(refusals, answer => Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode));
        Assert.Single((await Task.WhenAll(refusals.Select(answer => answer.Content.ReadAsStringAsync()))).Distinct());
    }

    [Fact]
    public async Task The_body_must_be_of_the_location_in_the_address()
    {
        var location = await ConnectedAsync();
        Assert.Equal(HttpStatusCode.BadRequest, (await SendAsync(location, Payloads.Fixture("workflow.webhook-outbound.json", "another"), Secret)).StatusCode);
        Assert.Equal(HttpStatusCode.BadRequest, (await SendAsync(location, Payloads.Fixture("workflow.marketplace-action.json", "another"), Secret)).StatusCode);
    }

    [Fact]
    public async Task A_text_that_comes_on_both_routes_is_one_message()
    {
        var location = await ConnectedAsync();
        Assert.Equal("accepted", await host.AcceptAsync(Payloads.Text(location, "yes", "c1")));
        Assert.Equal("duplicate", await StatusAsync(location, Workflow(location, "yes", "c1", 1)));
        // The workflow first, then the app; and a second "yes" on each is a second message.
        Assert.Equal("accepted", await StatusAsync(location, Workflow(location, "yes", "c1", 2)));
        Assert.Equal("duplicate", await host.AcceptAsync(Payloads.Text(location, "yes", "c1")));
        Assert.Equal("accepted", await host.AcceptAsync(Payloads.Text(location, "yes", "c1")));
        Assert.Equal("accepted", await host.AcceptAsync(Payloads.Text(location, "yes", "c2")));
        Assert.Equal(4, (await host.PublishedAsync<InboundMessageAccepted>(message => message.LocationId == location)).Count);
    }

    [Fact]
    public async Task STOP_counts_on_this_route_too()
    {
        var location = await ConnectedAsync();
        await StatusAsync(location, Workflow(location, "STOP", "c1", 1));
        Assert.Single(await host.PublishedAsync<OptOutRecorded>(change => change.LocationId == location));
    }

    private Task<string> ConnectedAsync() => host.LocationAsync(new { name = "Test", workflowSecret = Secret });

    private static JsonObject Workflow(string location, string text, string contact, int number)
    {
        var body = Payloads.Fixture("workflow.webhook-outbound.json", location);
        body["contact_id"] = contact;
        body["message"]!["body"] = text;
        body["customData"]!["number"] = number;
        return body;
    }

    private async Task<string> StatusAsync(string location, JsonObject body)
    {
        var answer = await SendAsync(location, body, Secret);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("status").GetString()!;
    }

    private Task<HttpResponseMessage> SendAsync(string location, JsonObject body, params string[] secrets)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, $"/webhooks/ghl/workflows/{location}")
        {
            Content = new StringContent(body.ToJsonString(), Encoding.UTF8, "application/json"),
        };
        foreach (var secret in secrets)
        {
            request.Headers.TryAddWithoutValidation("X-Hub-Secret", secret);
        }
        return host.Anonymous.SendAsync(request);
    }
}

public sealed class WorkflowTestsOnSqlite(IntakeHost host) : WorkflowTests(host), IClassFixture<IntakeHost>;

public sealed class WorkflowTestsOnPostgres(PostgresIntakeHost host) : WorkflowTests(PostgresIntakeHost.Ready(host)), IClassFixture<PostgresIntakeHost>;
