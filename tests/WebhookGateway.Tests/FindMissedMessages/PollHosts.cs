using System.Text.Json.Nodes;
using EnterpriseHub.Contracts.Conversations;
using EnterpriseHub.WebhookGateway.FindMissedMessages;
using EnterpriseHub.WebhookGateway.ReviewLocations;
using EnterpriseHub.WebhookGateway.Tests.GhlApi;
using EnterpriseHub.WebhookGateway.Tests.ReceiveGhlWebhook;
using Microsoft.Extensions.DependencyInjection;

namespace EnterpriseHub.WebhookGateway.Tests.FindMissedMessages;

/// <summary>A whole gateway with a fake GHL behind it. Nothing is polled unless a test asks.</summary>
internal interface IPollHost
{
    FakeGhl Ghl { get; }
}

public sealed class PollHost : IntakeHost, IPollHost
{
    private FakeGhl? _ghl;

    FakeGhl IPollHost.Ghl => _ghl!;

    protected override IReadOnlyList<string> Settings => PollHosts.Settings(_ghl!);

    public override async ValueTask InitializeAsync()
    {
        _ghl = await FakeGhl.StartAsync();
        await base.InitializeAsync();
    }

    public override async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        await base.DisposeAsync();
        await _ghl!.DisposeAsync();
    }
}

public sealed class PostgresPollHost : PostgresIntakeHost, IPollHost
{
    private FakeGhl? _ghl;

    FakeGhl IPollHost.Ghl => _ghl!;

    protected override IReadOnlyList<string> Settings => [.. base.Settings, .. PollHosts.Settings(_ghl!)];

    public override async ValueTask InitializeAsync()
    {
        _ghl = await FakeGhl.StartAsync();
        await base.InitializeAsync();
    }

    public override async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        await base.DisposeAsync();
        await _ghl!.DisposeAsync();
    }
}

internal static class PollHosts
{
    public static IReadOnlyList<string> Settings(FakeGhl ghl) =>
        [$"--Ghl:BaseUrl={ghl.Url}", "--Ghl:AnswerTimeout=00:00:05", "--Ghl:RateLimit=10000", "--Gateway:PollEvery=00:00:00", "--Gateway:AuditLag=00:00:00", "--Delivery:SweepInterval=01:00:00"];

    /// <summary>A location that has been connected for two days.</summary>
    public static async Task<string> ConnectedAsync(this IntakeHost host, string? workflowSecret = null)
    {
        var location = await host.LocationAsync(new { name = "Test", accessToken = "pit-1", workflowSecret });
        await host.ExecuteAsync("UPDATE location SET connected_at = connected_at - 172800000, created_at = created_at - 172800000 WHERE location_id = @location", new { location });
        return location;
    }

    public static async Task PollAsync(this IntakeHost host, string location)
    {
        await host.Services.GetRequiredService<LocationTasks>().HurryAsync(location, LocationTask.Poll, TestContext.Current.CancellationToken);
        await host.Services.GetRequiredService<MissedMessages>().RunAsync(location, TestContext.Current.CancellationToken);
    }

    /// <summary>A text that a lead wrote minutes ago and that GHL lists.</summary>
    public static FakeMessage Wrote(this FakeGhl ghl, string location, string text, double minutesAgo = 3, string contact = "c1", DateTimeOffset? at = null)
    {
        var now = DateTimeOffset.FromUnixTimeMilliseconds(TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds());
        var message = new FakeMessage($"m-{Guid.CreateVersion7():N}", contact, text, at ?? now.AddMinutes(-minutesAgo), Outbound: false)
        {
            LocationId = location,
            ConversationId = $"v-{location}-{contact}",
        };
        ghl.State.Messages.Enqueue(message);
        return message;
    }

    public static Task<IReadOnlyList<InboundMessageAccepted>> AcceptedAsync(this IntakeHost host, string location) =>
        host.PublishedAsync<InboundMessageAccepted>(message => message.LocationId == location);

    /// <summary>The webhook of a listed message: with the <c>same id</c>, with <c>another id</c> or with <c>no id</c>.</summary>
    public static JsonObject Webhook(this FakeMessage message, string how)
    {
        var webhook = Payloads.Fresh(Payloads.Fixture("InboundMessage.json", message.LocationId), message.At);
        webhook["body"] = message.Body;
        webhook["contactId"] = message.ContactId;
        webhook["conversationId"] = message.ConversationId;
        webhook["messageId"] = how == "same id" ? message.Id : $"other-{message.Id}";
        if (how == "no id")
        {
            webhook.Remove("messageId");
        }
        return webhook;
    }
}
