using System.Collections.Concurrent;

namespace EnterpriseHub.WebhookGateway.Tests.GhlApi;

/// <summary>What a lead or an agent would see in the fake GHL.</summary>
internal sealed class FakeGhlState
{
    private int _ids;

    public TimeProvider Clock { get; set; } = TimeProvider.System;

    /// <summary>Texts that reached the lead, in order.</summary>
    public ConcurrentQueue<FakeMessage> Messages { get; } = new();

    /// <summary>Contacts by id; members in GHL's own names.</summary>
    public ConcurrentDictionary<string, Dictionary<string, object?>> Contacts { get; } = new();

    public ConcurrentQueue<(string Contact, string Workflow)> Enrolments { get; } = new();

    /// <summary>Opportunity id to stage.</summary>
    public ConcurrentDictionary<string, string> Opportunities { get; } = new();

    public ConcurrentDictionary<string, string> CustomFields { get; } = new();

    /// <summary>Refresh tokens that were used.</summary>
    public ConcurrentQueue<string> Refreshes { get; } = new();

    /// <summary>Answer of the token endpoint to a code.</summary>
    public object Grant { get; set; } = new { access_token = "access-0", refresh_token = "refresh-0", expires_in = 86399, locationId = TestLocations.Id, companyId = "co1", userId = "u1" };

    public Dictionary<string, object?> AddContact(string id, params (string Name, object? Value)[] members)
    {
        var contact = new Dictionary<string, object?> { ["id"] = id, ["locationId"] = TestLocations.Id, ["firstName"] = "Jane", ["tags"] = new List<string>(), ["dnd"] = false };
        foreach (var (name, value) in members)
        {
            contact[name] = value;
        }
        return Contacts[id] = contact;
    }

    public Answer Do(SeenRequest request) => (request.Method, request.Path.Trim('/').Split('/')) switch
    {
        ("POST", ["conversations", "messages"]) => TakeMessage(request),
        ("GET", ["conversations", "search"]) when request.Query.TryGetValue("contactId", out var contact) =>
            new(200, new { conversations = new[] { new { id = "conv1", contactId = contact, locationId = request.Query["locationId"] } }, total = 1 }),
        ("GET", ["conversations", "search"]) => Search(request),
        ("GET", ["conversations", "messages", "email", var id]) => Emails.TryGetValue(id, out var email) ? new(200, email) : Answer.Error(400, "Email not found"),
        ("GET", ["conversations", var id, "messages"]) => List(id, request),
        ("GET", ["contacts", var id]) => Contacts.TryGetValue(id, out var contact)
            ? new(200, new { contact, traceId = "t" })
            : Answer.Error(400, $"Contact not found for id:{id}"),
        ("PUT", ["contacts", _]) => SetFields(request),
        ("POST", ["contacts", var id, "tags"]) => Tag(id, request, (tags, given) => tags.Union(given)),
        ("DELETE", ["contacts", var id, "tags"]) => Tag(id, request, (tags, given) => tags.Except(given)),
        ("POST", ["contacts", var id, "workflow", var workflow]) => Enroll(id, workflow),
        ("GET", ["opportunities", "search"]) => new(200, new { opportunities = Opportunities.Select(one => new { id = one.Key, pipelineStageId = one.Value }) }),
        ("PUT", ["opportunities", var id]) => SetStage(id, (string)request.Json["pipelineStageId"]!),
        ("POST", ["opportunities", "upsert"]) => SetStage("o" + Interlocked.Increment(ref _ids), (string)request.Json["pipelineStageId"]!),
        ("POST", ["oauth", "token"]) => Token(request),
        ("POST", ["oauth", "locationToken"]) => new(201, new { access_token = "made-for-" + request.Form["locationId"], expires_in = 86399, locationId = request.Form["locationId"], userId = "u1" }),
        ("GET", ["oauth", "installedLocations"]) => new(200, new { locations = new[] { new { _id = "locX", name = "X Homes", address = "" } }, count = 1 }),
        _ => Answer.Error(404, "no such path"),
    };

    private Answer TakeMessage(SeenRequest request)
    {
        var id = "msg" + Interlocked.Increment(ref _ids);
        var contact = (string)request.Json["contactId"]!;
        var conversation = Conversations.GetValueOrDefault(contact, "conv1");
        Messages.Enqueue(new(id, contact, (string?)request.Json["html"] ?? (string)request.Json["message"]!, Clock.GetUtcNow()) { ConversationId = conversation });
        return new(201, new { conversationId = conversation, messageId = id, msg = "Message queued successfully." });
    }

    /// <summary>A contact's conversation, where it is not <c>conv1</c>.</summary>
    public ConcurrentDictionary<string, string> Conversations { get; } = new();

    /// <summary>E-mails by their own id.</summary>
    public ConcurrentDictionary<string, object> Emails { get; } = new();

    /// <summary>Conversations by last message, as GHL's search sorts and pages them.</summary>
    private Answer Search(SeenRequest request)
    {
        var all = Messages.Where(one => one.LocationId == request.Query["locationId"])
            .GroupBy(one => one.ConversationId)
            .Select(group => (group.Key, Last: group.MaxBy(one => one.At)!))
            .OrderBy(one => one.Last.At)
            .Select(one => new { id = one.Key, contactId = one.Last.ContactId, locationId = one.Last.LocationId, lastMessageDate = one.Last.At.ToUnixTimeMilliseconds() });
        var after = long.Parse(request.Query.GetValueOrDefault("startAfterDate") ?? "0", System.Globalization.CultureInfo.InvariantCulture);
        return new(200, new { conversations = all.Where(one => one.lastMessageDate > after).Take(int.Parse(request.Query["limit"])), total = all.Count() });
    }

    /// <summary>The real shape: nested once more than the specification says.</summary>
    private Answer List(string conversation, SeenRequest request)
    {
        var limit = Math.Min(int.Parse(request.Query.GetValueOrDefault("limit") ?? "20"), PageSize);
        var older = Messages.Where(one => one.ConversationId == conversation).Reverse().OrderByDescending(one => one.At).ToList();
        if (request.Query.TryGetValue("lastMessageId", out var last))
        {
            older = [.. older.SkipWhile(one => one.Id != last).Skip(1)];
        }
        var page = older.Take(limit).ToList();
        return new(200, new
        {
            messages = new
            {
                lastMessageId = page.LastOrDefault()?.Id ?? "",
                nextPage = older.Count > limit,
                messages = page.Select(one => new
                {
                    id = one.Id,
                    direction = one.Outbound ? "outbound" : "inbound",
                    contactId = one.ContactId,
                    conversationId = one.ConversationId,
                    locationId = one.LocationId,
                    type = one.Type,
                    messageType = one.MessageType,
                    body = one.Body,
                    dateAdded = one.At.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", null),
                    userId = one.UserId,
                    source = one.Source ?? (one.UserId is null ? "api" : "app"),
                    meta = one.EmailIds is null ? null : new { email = new { messageIds = one.EmailIds } },
                }),
            },
        });
    }

    /// <summary>Messages a page at most, whatever is asked for.</summary>
    public int PageSize { get; set; } = 100;

    private Answer SetFields(SeenRequest request)
    {
        foreach (var field in request.Json["customFields"]!.AsArray())
        {
            CustomFields[(string)field!["id"]!] = (string)field["field_value"]!;
        }
        return new(200, new { succeded = true });
    }

    private Answer Tag(string contact, SeenRequest request, Func<IEnumerable<string>, IEnumerable<string>, IEnumerable<string>> change)
    {
        var known = Contacts.GetOrAdd(contact, id => AddContact(id));
        List<string> tags = [.. change((List<string>)known["tags"]!, request.Json["tags"]!.AsArray().Select(tag => (string)tag!))];
        known["tags"] = tags;
        return new(201, new { tags });
    }

    private Answer Enroll(string contact, string workflow)
    {
        Enrolments.Enqueue((contact, workflow));
        return new(200, new { succeded = true });
    }

    private Answer SetStage(string id, string stage)
    {
        Opportunities[id] = stage;
        return new(200, new { opportunity = new { id }, @new = true });
    }

    private Answer Token(SeenRequest request)
    {
        if (request.Form["grant_type"] == "authorization_code")
        {
            return new(200, Grant);
        }
        Refreshes.Enqueue(request.Form["refresh_token"]);
        var next = Refreshes.Count;
        return new(200, new { access_token = $"access-{next}", refresh_token = $"refresh-{next}", expires_in = 86399, userId = "u1" });
    }
}

/// <summary>A text in a conversation of the fake.</summary>
internal sealed record FakeMessage(string Id, string ContactId, string? Body, DateTimeOffset At, string? UserId = null, bool Outbound = true)
{
    public string LocationId { get; init; } = TestLocations.Id;

    public string ConversationId { get; init; } = "conv1";

    public string MessageType { get; init; } = "TYPE_SMS";

    public int Type { get; init; } = 2;

    public string? Source { get; init; }

    public string[]? EmailIds { get; init; }
}
