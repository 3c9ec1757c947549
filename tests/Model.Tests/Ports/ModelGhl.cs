using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json;
using EnterpriseHub.Model.Tests.Scenarios;
using EnterpriseHub.Model.Tests.Scheduling;

namespace EnterpriseHub.Model.Tests.Ports;

/// <summary>GHL's API, lying as the scenario says. It saves, lists and answers at moments that the loop picks.</summary>
internal sealed class ModelGhl(Loop loop, Scenario scenario)
{
    private static readonly TimeSpan SavesWithin = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan AfterLastRead = TimeSpan.FromMinutes(15);

    private int _posts;
    private int _lists;

    public GhlLedger Ledger { get; } = new();

    public List<GhlWork> Work { get; } = [];

    /// <summary>The conversation of a turn: a POST names only the contact, and one contact may have two here.</summary>
    public Func<string, string> ConversationOf { get; set; } = _ => "";

    public event Action<SavedMessage>? MessageSaved;

    public HttpMessageHandler WayOf(Process process) => new GhlWay(this, loop, process);

    public PostOutcome NextOutcome() => _posts < scenario.Posts.Count ? scenario.Posts[_posts++] : PostOutcome.Ok;

    /// <summary>Takes a body; GHL works on it in its own time.</summary>
    public Task<HttpResponseMessage> TakeAsync(Process caller, string body, PostOutcome outcome, (int, TimeSpan) claimed)
    {
        using var json = JsonDocument.Parse(body);
        var contact = json.RootElement.GetProperty("contactId").GetString()!;
        var text = json.RootElement.GetProperty("message").GetString()!;
        var turn = Operation.Current?.TurnId ?? throw new InvalidOperationException("A message was posted by nobody's turn.");
        Ledger.Posts.Add(new Posted
        {
            TurnId = turn, ContactId = contact, Outcome = outcome, Claimed = claimed, Written = (loop.Step, loop.Clock.Elapsed),
        });
        var answer = new Wait(caller, "answer", Operation.Current.Name);
        var late = outcome == PostOutcome.SavedAfterLastRead;
        SavedMessage? saved = null;
        var now = loop.Clock.Elapsed;
        void Save() => saved = this.Save(contact, ConversationOf(turn), text, turn);
        if (late)
        {
            Work.Add(new GhlWork("saves late", now + AfterLastRead, now + (2 * AfterLastRead), Save));
        }
        Work.Add(new GhlWork($"takes a post ({outcome})", now, now + SavesWithin, () =>
        {
            if (!late && Saves(outcome))
            {
                Save();
            }
            if (caller.Alive)
            {
                _ = loop.AddAsync(answer);
            }
        }));
        return AnswerAsync(answer, outcome, () => saved);
    }

    /// <summary>Writes a message into a conversation.</summary>
    public SavedMessage Save(string contact, string conversation, string text, string? turn)
    {
        var number = Ledger.Saved.Count;
        var lag = number < scenario.ListLags.Count ? scenario.ListLags[number] : 0;
        var message = new SavedMessage
        {
            Id = $"ghl{number}", ConversationId = conversation, ContactId = contact, Text = text, TurnId = turn,
            AddedAt = loop.Clock.Now + TimeSpan.FromSeconds(scenario.GhlClockOff), ListedAt = loop.Clock.Elapsed + TimeSpan.FromSeconds(lag),
        };
        Ledger.Saved.Add(message);
        loop.Note($"ghl    saves {message.Id}: {text}");
        MessageSaved?.Invoke(message);
        return message;
    }

    public HttpResponseMessage Contact(string contact) =>
        Json(HttpStatusCode.OK, new { contact = new { id = contact, locationId = Scenario.Location, tags = Array.Empty<string>(), dnd = false } });

    public HttpResponseMessage List(string conversation)
    {
        var fails = _lists < scenario.ListFailures.Count && scenario.ListFailures[_lists];
        _lists++;
        return fails ? Json(HttpStatusCode.BadGateway, new { message = "no" }) : Json(HttpStatusCode.OK, new
        {
            messages = new
            {
                messages = Ledger.Saved.Where(message => message.ConversationId == conversation && message.ListedAt <= loop.Clock.Elapsed).Reverse().Take(40)
                    .Select(message => new
                    {
                        id = message.Id, direction = "outbound", contactId = message.ContactId, body = message.Text,
                        dateAdded = message.AddedAt.ToString("o", CultureInfo.InvariantCulture),
                        userId = message.TurnId is null ? "user1" : null, source = message.TurnId is null ? "app" : "api",
                    }),
            },
        });
    }

    private static bool Saves(PostOutcome outcome) =>
        outcome is PostOutcome.Ok or PostOutcome.ErrorSaved or PostOutcome.TimeoutSaved or PostOutcome.ResetSaved or PostOutcome.UnreadableSaved;

    private static async Task<HttpResponseMessage> AnswerAsync(Wait answer, PostOutcome outcome, Func<SavedMessage?> saved)
    {
        await answer.Task;
        return outcome switch
        {
            PostOutcome.Ok => Json(HttpStatusCode.Created, new { conversationId = saved()!.ConversationId, messageId = saved()!.Id }),
            PostOutcome.UnreadableSaved => Json(HttpStatusCode.OK, new { ok = true }),
            PostOutcome.ErrorSaved or PostOutcome.ErrorLost => Json(HttpStatusCode.InternalServerError, new { message = "no" }),
            PostOutcome.Limited => Json(HttpStatusCode.TooManyRequests, new { message = "slow down" }),
            PostOutcome.Unauthorized => Json(HttpStatusCode.Unauthorized, new { message = "Invalid JWT" }),
            PostOutcome.Dnd => Json(HttpStatusCode.BadRequest, new { message = "Cannot send message as DND is active for SMS." }),
            PostOutcome.ResetSaved => throw new HttpRequestException("reset"),
            _ => throw new OperationCanceledException("The answer took too long."),
        };
    }

    private static HttpResponseMessage Json(HttpStatusCode status, object body) =>
        new(status) { Content = new StringContent(JsonSerializer.Serialize(body), Encoding.UTF8, "application/json") };
}
