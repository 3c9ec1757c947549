using EnterpriseHub.WebhookGateway.GhlApi;
using EnterpriseHub.WebhookGateway.MirrorContacts;

namespace EnterpriseHub.WebhookGateway.Tests.Fuzz;

/// <summary>How a call ended, whatever it asks for.</summary>
internal sealed record CallEnd(GhlOutcome Outcome, bool HasValue, string Reason, TimeSpan RetryAfter);

/// <summary>A call and a good answer to it.</summary>
internal sealed record GhlAnswer(string Good, Func<GhlClient, string, Task<CallEnd>> CallAsync)
{
    /// <summary>Every call that the product makes.</summary>
    public static IReadOnlyList<GhlAnswer> All { get; } =
    [
        Of("""{"conversationId":"conv1","messageId":"msg1","messageIds":["msg1"],"emailMessageId":"e1","msg":"Message queued successfully.","message":{"id":"msg1"}}""", MessageCalls.Send(new NewMessage { Type = "SMS", ContactId = "c1", Message = "Hello" }, () => true)),
        Of("""{"messages":{"lastMessageId":"x","nextPage":false,"messages":[{"id":"m1","direction":"outbound","contactId":"c1","body":"hi","dateAdded":"2026-11-17T09:05:21.700Z","userId":"u1","source":"app"},{"id":"m2","direction":"inbound","body":"yes","dateAdded":1794906321700}]}}""", MessageCalls.List("conv1", 40)),
        Of("""{"conversations":[{"id":"conv1","contactId":"c1","lastMessageDirection":"inbound","lastMessageDate":1794906321700}],"total":1}""", MessageCalls.Search("loc1", "c1", 5)),
        Of("""{"contact":{"id":"c1","locationId":"loc1","firstName":"Maria","tags":["seller","ai-on"],"dnd":false,"dndSettings":{"SMS":{"status":"active","message":"x","code":"1"},"Email":{"status":"inactive"}},"timezone":"America/Los_Angeles","customFields":[{"id":"f1","value":"x"},{"id":"f2","fieldValue":["a","b"]},{"id":"f3","value":{"k":1}}]},"traceId":"t"}""", ContactCalls.Get("c1", answer => ContactReader.Read(answer, "loc1", "c1"))),
        Of("""{"tags":["a"],"tagsAdded":["a"]}""", ContactCalls.AddTags("c1", ["a"])),
        Of("""{"tags":[],"tagsRemoved":["a"]}""", ContactCalls.RemoveTags("c1", ["a"])),
        Of("""{"succeded":true,"contact":{"id":"c1"}}""", ContactCalls.SetCustomFields("c1", new Dictionary<string, string> { ["f"] = "1" })),
        Of("""{"succeded":true}""", ContactCalls.Enroll("c1", "w1")),
        Of("""{"opportunities":[{"id":"o1","pipelineStageId":"s1","status":"open"}],"meta":{"total":1}}""", OpportunityCalls.FindOpen("loc1", "c1", "p1")),
        Of("""{"opportunity":{"id":"o1"}}""", OpportunityCalls.SetStage("o1", "p1", "s1")),
        Of("""{"new":true,"opportunity":{"id":"o1"}}""", OpportunityCalls.Upsert("loc1", "c1", "p1", "s1", "Maria")),
        Of("""{"access_token":"a","token_type":"Bearer","refresh_token":"r","expires_in":86399,"scope":"x","userType":"Location","locationId":"loc1","companyId":"co1","approvedLocations":["loc1"],"userId":"u1"}""", TokenCalls.Refresh(new GhlOptions { ClientId = "c", ClientSecret = "s" }, "r", ofCompany: false)),
        Of("""{"access_token":"a","expires_in":86399,"locationId":"loc1","userId":"u1"}""", TokenCalls.ForLocation("co1", "loc1")),
        Of("""{"locations":[{"_id":"loc1","name":"X Homes","address":"","isInstalled":true}],"count":1,"installToFutureLocations":true}""", TokenCalls.Installed("co1", "app1", 0)),
        // Refusals are read too.
        Of("""{"statusCode":400,"message":["Cannot send message as","DND is active for SMS."],"error":"Bad Request","error_description":"x","traceId":"t"}""", MessageCalls.Send(new NewMessage { Type = "SMS", ContactId = "c1", Message = "Hello" }, () => true)),
    ];

    private static GhlAnswer Of<T>(string good, GhlCall<T> call)
        where T : class => new(good, async (client, token) =>
        {
            var result = (await client.CallAsync(call, token, CancellationToken.None)).Result;
            return new(result.Outcome, result.Value is not null, result.Reason, result.RetryAfter);
        });
}
