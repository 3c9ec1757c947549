using System.Collections.Concurrent;
using System.Globalization;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using EnterpriseHub.AiOrchestrator.Claude;
using EnterpriseHub.TestKit.Traffic;

namespace EnterpriseHub.LoadTests.Floor;

/// <summary>
/// The same upstream calls as a turn of the product and nothing else: analysis and draft in parallel, then the send, with the product's own
/// prompts and schemas so that the simulator has the same work. No webhook, no signature, no store, no bus. Nothing can answer faster.
/// </summary>
internal sealed class FloorTurns(HttpClient http, Uri simulator, string window, IReadOnlyList<string> locations, int contacts)
{
    private static readonly (string Before, string After) Analysis = Call(Prompt.Analyze);
    private static readonly (string Before, string After) Draft = Call(Prompt.Draft);

    private readonly ConcurrentDictionary<int, Handover> _handovers = new();

    public ConcurrentDictionary<int, Handover> Handovers => _handovers;

    /// <param name="number">Of the turn, from 1.</param>
    /// <param name="due">When it was due, Unix ms.</param>
    /// <exception cref="HttpRequestException">A call failed.</exception>
    public async Task RunAsync(int number, double due)
    {
        var place = number % contacts;
        var location = locations[place % locations.Count];
        var contact = $"{window}-c{place}";
        var asked = $"{TrafficPlan.TextOf(number)}";
        await Task.WhenAll(AskAsync(Analysis, asked), AskAsync(Draft, asked));
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(simulator, "/sim/ghl/conversations/messages"))
        {
            Content = Json($$"""{"type":"SMS","contactId":"{{contact}}","message":"Thanks for the message. Are you looking to buy a home or to sell one? (ref {{number.ToString(CultureInfo.InvariantCulture)}})"}"""),
        };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", $"sim-{location}");
        request.Headers.Add("Version", "2021-04-15");
        await SendAsync(request);
        var message = new LeadMessage { Ref = number, LocationId = location, ContactId = contact, ConversationId = "", Text = "", SentAt = default, WebhookId = "", MessageId = "" };
        _handovers[number] = new Handover(message, due, due, due);
    }

    private Task AskAsync((string Before, string After) call, string asked)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, new Uri(simulator, "/sim/claude/v1/messages")) { Content = Json(call.Before + asked + call.After) };
        request.Headers.Add("x-api-key", "sim");
        request.Headers.Add("anthropic-version", "2026-10-21");
        return SendAsync(request);
    }

    private async Task SendAsync(HttpRequestMessage request)
    {
        using (request)
        {
            using var answer = await http.SendAsync(request);
            answer.EnsureSuccessStatusCode();
        }
    }

    private static StringContent Json(string body) => new(body, Encoding.UTF8, "application/json");

    /// <summary>The request around the lead's words, which need no escaping.</summary>
    private static (string Before, string After) Call(Prompt prompt)
    {
        const string Words = "WHAT-THE-LEAD-SAID";
        var body = JsonSerializer.Serialize(new
        {
            model = "claude-haiku-5-5",
            max_tokens = 1024,
            system = new[] { new { type = "text", text = prompt.System, cache_control = new { type = "ephemeral" } } },
            messages = new[]
            {
                new
                {
                    role = "user",
                    content = "<agency>\nname: Test location\ntone: friendly, direct\n</agency>\n<mode>\nlead\n</mode>\n<contact>\nJane\n</contact>\n<known>\n</known>\n"
                        + "<open_questions>\nintent: Are you looking to buy a home or to sell one?\n</open_questions>\n<market>\n</market>\n<history>\n</history>\n"
                        + $"<messages>\n{Words}\n</messages>\n",
                },
            },
            output_config = new { format = new { type = "json_schema", schema = prompt.Schema }, effort = "low" },
        });
        var parts = body.Split(Words);
        return (parts[0], parts[1]);
    }
}
