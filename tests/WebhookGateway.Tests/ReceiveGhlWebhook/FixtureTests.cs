using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using EnterpriseHub.Contracts.Contacts;
using EnterpriseHub.Contracts.Conversations;
using EnterpriseHub.Contracts.Crm;
using EnterpriseHub.Contracts.Operations;

namespace EnterpriseHub.WebhookGateway.Tests.ReceiveGhlWebhook;

/// <summary>Every webhook of HighLevel's that we have, and what the bus hears of it.</summary>
public abstract class FixtureTests(IntakeHost host)
{
    private const string Secret = "workflow-secret-0123456789";

    private static readonly Dictionary<string, string[]> Expected = new(StringComparer.Ordinal)
    {
        ["AppointmentCreate.json"] = ["crm appointment created kT8wQ2nLr5Vx7Yb9Zc1D"],
        ["AppointmentDelete.json"] = ["crm appointment deleted kT8wQ2nLr5Vx7Yb9Zc1D"],
        ["AppointmentUpdate.json"] = ["crm appointment updated kT8wQ2nLr5Vx7Yb9Zc1D"],
        ["AppointmentUpdate.rescheduled.json"] = ["crm appointment updated kT8wQ2nLr5Vx7Yb9Zc1D"],
        ["CampaignStatusUpdate.json"] = ["crm campaign status_changed kT8wQ2nLr5Vx7Yb9Zc1D"],
        ["ContactCreate.json"] = ["contact created fb-lead"],
        ["ContactCreate.minimal.json"] = ["contact created "],
        ["ContactDelete.json"] = ["contact deleted -"],
        ["ContactDndUpdate.all.json"] = ["contact dnd fb-lead DND SMS,Call,Email,GMB,FB,WhatsApp"],
        ["ContactDndUpdate.json"] = ["contact dnd fb-lead SMS"],
        ["ContactTagUpdate.json"] = ["contact tags fb-lead,ai-on,qualified"],
        ["ContactUpdate.json"] = ["contact updated fb-lead,ai-on"],
        ["ConversationUnreadUpdate.json"] = ["crm conversation unread_changed kT8wQ2nLr5Vx7Yb9Zc1D"],
        ["INSTALL.agency.json"] = [],
        ["INSTALL.json"] = ["location installed"],
        ["InboundMessage.call.json"] = ["crm voice_call completed kT8wQ2nLr5Vx7Yb9Zc1D"],
        ["InboundMessage.custom-provider.json"] = ["inbound Custom hello from a custom channel"],
        ["InboundMessage.email-to-array.json"] = ["inbound Email Second mail"],
        ["InboundMessage.email.json"] = ["inbound Email Can you send me the quote?\nJane"],
        ["InboundMessage.json"] = ["inbound SMS Hi, saw your ad. How much for a new roof on a 3 bed house?"],
        ["InboundMessage.live-chat.json"] = ["inbound Live_Chat Are you open on Saturday?"],
        ["InboundMessage.mms.json"] = ["inbound SMS  +1"],
        ["InboundMessage.no-message-id.json"] = ["inbound SMS This is a test message"],
        ["InboundMessage.rapid-1.json"] = ["inbound SMS ok"],
        ["InboundMessage.rapid-2.json"] = ["inbound SMS what about thursday"],
        ["InboundMessage.rapid-3.json"] = ["inbound SMS after 3pm"],
        ["InboundMessage.stop.json"] = ["inbound SMS STOP opt-out", "opt-out True"],
        ["InboundMessage.voicemail.json"] = ["crm voice_call voicemail kT8wQ2nLr5Vx7Yb9Zc1D"],
        ["InboundMessage.whatsapp-media.json"] = ["inbound WhatsApp "],
        ["LocationCreate.json"] = ["crm location created "],
        ["LocationUpdate.json"] = ["crm location updated "],
        ["NoteCreate.json"] = ["crm note created kT8wQ2nLr5Vx7Yb9Zc1D"],
        ["NoteDelete.json"] = ["crm note deleted kT8wQ2nLr5Vx7Yb9Zc1D"],
        ["NoteUpdate.json"] = ["crm note updated kT8wQ2nLr5Vx7Yb9Zc1D"],
        ["OpportunityAssignedToUpdate.json"] = ["crm opportunity assigned kT8wQ2nLr5Vx7Yb9Zc1D"],
        ["OpportunityCreate.json"] = ["crm opportunity created kT8wQ2nLr5Vx7Yb9Zc1D"],
        ["OpportunityDelete.json"] = ["crm opportunity deleted kT8wQ2nLr5Vx7Yb9Zc1D"],
        ["OpportunityMonetaryValueUpdate.json"] = ["crm opportunity value_changed kT8wQ2nLr5Vx7Yb9Zc1D"],
        ["OpportunityStageUpdate.json"] = ["crm opportunity stage_changed kT8wQ2nLr5Vx7Yb9Zc1D"],
        ["OpportunityStatusUpdate.json"] = ["crm opportunity status_changed kT8wQ2nLr5Vx7Yb9Zc1D"],
        ["OpportunityUpdate.json"] = ["crm opportunity updated kT8wQ2nLr5Vx7Yb9Zc1D"],
        ["OutboundMessage.api.json"] = [],
        ["OutboundMessage.call.json"] = ["crm voice_call voicemail kT8wQ2nLr5Vx7Yb9Zc1D"],
        ["OutboundMessage.email.json"] = ["outbound Email human Your quote is attached."],
        ["OutboundMessage.failed.json"] = ["crm message failed kT8wQ2nLr5Vx7Yb9Zc1D"],
        ["OutboundMessage.internal-comment.json"] = ["crm note created kT8wQ2nLr5Vx7Yb9Zc1D"],
        ["OutboundMessage.json"] = ["outbound SMS human Hi Jane, Sam here. I can come by Thursday 3:30pm."],
        ["OutboundMessage.workflow.json"] = ["outbound SMS machine Thanks for your enquiry, we will text you shortly."],
        ["PLAN_CHANGE.json"] = ["crm plan changed "],
        ["ProviderOutboundMessage.json"] = ["crm message handed_to_provider kT8wQ2nLr5Vx7Yb9Zc1D"],
        ["TaskComplete.json"] = ["crm task completed kT8wQ2nLr5Vx7Yb9Zc1D"],
        ["TaskCreate.json"] = ["crm task created kT8wQ2nLr5Vx7Yb9Zc1D"],
        ["TaskCreate.observed.json"] = ["crm task created "],
        ["TaskDelete.json"] = ["crm task deleted kT8wQ2nLr5Vx7Yb9Zc1D"],
        ["UNINSTALL.agency.json"] = [],
        ["UNINSTALL.json"] = ["location uninstalled"],
        ["VoiceAiCallEnd.json"] = ["crm voice_call completed kT8wQ2nLr5Vx7Yb9Zc1D"],
        ["workflow.custom-webhook.json"] = ["crm workflow triggered kT8wQ2nLr5Vx7Yb9Zc1D"],
        ["workflow.marketplace-action.json"] = ["crm workflow triggered kT8wQ2nLr5Vx7Yb9Zc1D"],
        ["workflow.marketplace-trigger-subscription.json"] = ["crm workflow subscription_created "],
        ["workflow.webhook-outbound.json"] = ["contact tags fb-lead,ai-on", "crm workflow triggered kT8wQ2nLr5Vx7Yb9Zc1D", "inbound SMS Hi, saw your ad. How much for a new roof on a 3 bed house?"],
        ["workflow.webhook-outbound.tag-trigger.json"] = ["contact tags ai-on", "crm workflow triggered kT8wQ2nLr5Vx7Yb9Zc1D"],
    };

    public static TheoryData<string> Names => [.. Payloads.Names];

    [Fact]
    public void Every_fixture_is_expected() => Assert.Equal(Payloads.Names, Expected.Keys.Order(StringComparer.Ordinal));

    [Theory]
    [MemberData(nameof(Names))]
    public async Task A_fixture_is_taken_as_what_it_is(string name)
    {
        var location = await host.LocationAsync(new { name = "Test", workflowSecret = Secret });
        var payload = Payloads.Fixture(name, location);
        // The fixtures are of last week; the location is of today, and a late uninstall would rightly be ignored.
        if (payload.ContainsKey("timestamp") && name.Contains("INSTALL", StringComparison.Ordinal))
        {
            Payloads.Fresh(payload, TimeProvider.System.GetUtcNow().AddSeconds(1));
        }
        var answer = await SendAsync(name, location, payload);
        Assert.Equal(name == "INSTALL.agency.json" ? "ignored" : "accepted", (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("status").GetString());
        Assert.Equal(Expected[name].Order(StringComparer.Ordinal), await HeardAsync(location));
    }

    private Task<HttpResponseMessage> SendAsync(string name, string location, JsonObject payload)
    {
        if (!name.StartsWith("workflow", StringComparison.Ordinal))
        {
            return host.SendAsync(payload);
        }
        var request = new HttpRequestMessage(HttpMethod.Post, $"/webhooks/ghl/workflows/{location}")
        {
            Content = new StringContent(payload.ToJsonString(), Encoding.UTF8, "application/json"),
        };
        request.Headers.Add("X-Hub-Secret", Secret);
        return host.Anonymous.SendAsync(request);
    }

    private async Task<IEnumerable<string>> HeardAsync(string location)
    {
        var heard = new List<string>();
        heard.AddRange((await host.PublishedAsync<InboundMessageAccepted>(message => message.LocationId == location))
            .Select(message => $"inbound {message.Channel} {message.Text}{(message.Attachments > 0 ? $" +{message.Attachments}" : "")}{(message.IsOptOut ? " opt-out" : "")}"));
        heard.AddRange((await host.PublishedAsync<OutboundMessageObserved>(message => message.LocationId == location))
            .Select(message => $"outbound {message.Channel} {(message.ByHuman ? "human" : "machine")} {message.Text}"));
        heard.AddRange((await host.PublishedAsync<ContactChanged>(change => change.LocationId == location))
            .Select(change => change.Contact is not { } contact
                ? $"contact {change.Change} -"
                : $"contact {change.Change} {string.Join(',', contact.Tags)}{(contact.Dnd ? " DND" : "")}{(contact.DndChannels.Count > 0 ? " " + string.Join(',', contact.DndChannels) : "")}"));
        heard.AddRange((await host.PublishedAsync<CrmRecordChanged>(change => change.LocationId == location))
            .Select(change => $"crm {change.Kind} {change.Change} {change.ContactId}"));
        heard.AddRange((await host.PublishedAsync<OptOutRecorded>(change => change.LocationId == location))
            .Select(change => $"opt-out {change.OptedOut}"));
        heard.AddRange((await host.PublishedAsync<LocationLifecycleChanged>(change => change.LocationId == location && change.Change != "configured"))
            .Select(change => $"location {change.Change}"));
        return heard.Order(StringComparer.Ordinal);
    }
}

public sealed class FixtureTestsOnSqlite(IntakeHost host) : FixtureTests(host), IClassFixture<IntakeHost>;

public sealed class FixtureTestsOnPostgres(PostgresIntakeHost host) : FixtureTests(PostgresIntakeHost.Ready(host)), IClassFixture<PostgresIntakeHost>;
