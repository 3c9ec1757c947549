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
        ("GET", ["conversations", "search"]) => new(200, new { conversations = new[] { new { id = "conv1", contactId = request.Query["contactId"], locationId = request.Query["locationId"] } }, total = 1 }),
        ("GET", ["conversations", _, "messages"]) => List(),
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
        Messages.Enqueue(new(id, (string)request.Json["contactId"]!, (string?)request.Json["html"] ?? (string)request.Json["message"]!, Clock.GetUtcNow()));
        return new(201, new { conversationId = "conv1", messageId = id, msg = "Message queued successfully." });
    }

    /// <summary>The real shape: nested once more than the specification says.</summary>
    private Answer List() => new(200, new
    {
        messages = new
        {
            lastMessageId = "x",
            nextPage = false,
            messages = Messages.Reverse().Select(one => new
            {
                id = one.Id,
                direction = one.Outbound ? "outbound" : "inbound",
                contactId = one.ContactId,
                body = one.Body,
                dateAdded = one.At.ToString("O"),
                userId = one.UserId,
                source = one.UserId is null ? "api" : "app",
            }),
        },
    });

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
internal sealed record FakeMessage(string Id, string ContactId, string? Body, DateTimeOffset At, string? UserId = null, bool Outbound = true);
