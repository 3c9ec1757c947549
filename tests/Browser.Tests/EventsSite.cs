using System.Net.Http.Headers;
using EnterpriseHub.Analytics;
using EnterpriseHub.Platform.Messaging;
using EnterpriseHub.TestKit;
using EnterpriseHub.TestKit.Hosting;
using EnterpriseHub.TestKit.Traffic;
using EnterpriseHub.WebhookGateway;
using MassTransit;
using Microsoft.Extensions.DependencyInjection;

namespace EnterpriseHub.Browser.Tests;

/// <summary>The gateway and the dashboard in one host: webhooks come in, some of no use, and a queue holds rubbish.</summary>
internal sealed class EventsSite : DashboardSite
{
    public const string Location = "ve9EPM428h8vShlRW1KT";

    private readonly WebhookKey _webhooks;
    private readonly ModuleHost _host;
    private int _ref;

    private EventsSite(ModuleHost host, WebhookKey webhooks) => (_host, _webhooks) = (host, webhooks);

    public override Uri Address => _host.Address;

    public override string Key => TestCallers.AdminKey;

    public static async Task<EventsSite> StartAsync()
    {
        var webhooks = WebhookKey.Create();
        var host = await ModuleHost.StartAsync(
            ["--Dashboard:Simulated=true", $"--Ghl:WebhookKeys:Ed25519:0={webhooks.PublicKey}", "--Ghl:BaseUrl=http://127.0.0.1:1"], null,
            new AnalyticsModule(), new WebhookGatewayModule(), new StubModule());
        return new EventsSite(host, webhooks);
    }

    /// <summary>A key of its own for a role.</summary>
    public async Task<string> KeyAsync(string role)
    {
        using var made = await _host.Http.PostAsync("/api/keys", new StringContent($$"""{"name":"{{role}}","role":"{{role}}"}""", new MediaTypeHeaderValue("application/json")));
        made.EnsureSuccessStatusCode();
        return System.Text.Json.JsonDocument.Parse(await made.Content.ReadAsStringAsync()).RootElement.GetProperty("key").GetString()!;
    }

    public override async Task WriteAsync(string contactId, string text)
    {
        using var request = new LeadMessage
        {
            Ref = ++_ref, LocationId = Location, ConversationId = $"conv-{contactId}", ContactId = contactId, Text = text, SentAt = TimeProvider.System.GetUtcNow(),
        }.Request(_webhooks, new Uri(Address, "/webhooks/ghl"));
        using var answer = await _host.Http.SendAsync(request);
        answer.EnsureSuccessStatusCode();
    }

    /// <summary>Sixty events before the location is connected, and a dead letter.</summary>
    public override async Task FillAsync()
    {
        var leads = new[] { "ocQHyuzHvysMo5N5VsXc", "Xk2PqLm84hTr0vBnZs1A", "nmV7cE3dUyW5gJ9oRt6F" };
        for (var number = 0; number < 60; number++)
        {
            await WriteAsync(leads[number % leads.Length], $"We are moving to Austin, number {number}");
        }
        await _host.Services.GetRequiredService<RawMessages>().SendAsync(
            "webhook-gateway-settle-inbound-messages", NewId.NextGuid(), RawMessages.Envelope, """{"messageType":["urn:message:Hub:Unknown"],"message":{"locationId":"ve9EPM428h8vShlRW1KT","text":"Hi"}}"""u8.ToArray());
        await Eventually.BecomesAsync(
            () => _host.Http.GetStringAsync("/api/events/dead-letters"), found => found.Contains("skipped", StringComparison.Ordinal));
    }

    /// <summary>Connects the location of the events.</summary>
    public async Task ConnectAsync()
    {
        using var connected = await _host.Http.PutAsync($"/api/locations/{Location}", new StringContent("""{"name":"Alta Loma Realty"}""", new MediaTypeHeaderValue("application/json")));
        connected.EnsureSuccessStatusCode();
    }

    public override async Task StopAsync() => await DisposeAsync();

    public override ValueTask DisposeAsync() => _host.DisposeAsync();
}
