using EnterpriseHub.Simulator.Json;
using Microsoft.Extensions.Options;

namespace EnterpriseHub.Simulator.Ghl.State;

/// <summary>
/// Contacts and their conversations. Callers hold <see cref="Gate"/> while they touch what it returns.
/// </summary>
/// <remarks>
/// Unless it is seeded otherwise, the conversation of contact <c>X</c> is <c>conv-X</c>, so that a test or load driver that
/// signs its own webhooks can name both without asking.
/// </remarks>
internal sealed class GhlStore(IOptions<SimulatorOptions> options, TimeProvider time)
{
    public const string ConversationPrefix = "conv-";
    private const int MessagesKept = 500;
    private readonly Dictionary<string, SimContact> contacts = [];
    private readonly Dictionary<string, SimConversation> conversations = [];
    private readonly Dictionary<string, SimMessage> messages = [];
    private readonly Queue<string> order = new();

    public Lock Gate { get; } = new();

    public int Contacts => contacts.Count;

    public IEnumerable<SimContact> AllContacts => contacts.Values;

    public IEnumerable<SimConversation> AllConversations => conversations.Values;

    /// <summary>Finds a contact, or makes it up for the location that asks first.</summary>
    public SimContact? Contact(string id, string locationId) =>
        contacts.TryGetValue(id, out var found) ? found : options.Value.CreateContacts ? AddContact(id, locationId) : null;

    public SimContact AddContact(string id, string locationId, string? conversationId = null)
    {
        while (contacts.Count >= options.Value.MaxContacts && order.TryDequeue(out var oldest))
        {
            RemoveContact(oldest);
        }
        RemoveContact(id);
        var contact = MadeUpPeople.Make(id, locationId, conversationId ?? ConversationPrefix + id, time.GetUtcNow());
        contacts[id] = contact;
        order.Enqueue(id);
        conversations[contact.ConversationId] = new SimConversation
        {
            Id = contact.ConversationId,
            ContactId = id,
            LocationId = locationId,
            DateAdded = contact.DateAdded,
        };
        return contact;
    }

    public bool RemoveContact(string id)
    {
        if (!contacts.Remove(id, out var contact))
        {
            return false;
        }
        if (conversations.Remove(contact.ConversationId, out var conversation))
        {
            conversation.Messages.ForEach(message => messages.Remove(message.Id));
        }
        return true;
    }

    public SimConversation ConversationOf(SimContact contact) => conversations[contact.ConversationId];

    public SimConversation? Conversation(string id, string locationId)
    {
        if (!conversations.ContainsKey(id) && id.StartsWith(ConversationPrefix, StringComparison.Ordinal))
        {
            Contact(id[ConversationPrefix.Length..], locationId);
        }
        return conversations.GetValueOrDefault(id);
    }

    public SimMessage? Message(string id) => messages.GetValueOrDefault(id);

    public SimMessage Add(SimContact contact, MessageChannel channel, string direction, string body, string? source = null, string? id = null, DateTimeOffset? at = null)
    {
        var conversation = ConversationOf(contact);
        var message = new SimMessage
        {
            Id = id ?? SimIds.Ghl(),
            ConversationId = conversation.Id,
            ContactId = contact.Id,
            LocationId = contact.LocationId,
            Direction = direction,
            Channel = channel,
            Body = body,
            DateAdded = at ?? time.GetUtcNow(),
            Source = source,
        };
        // By time, as GHL lists them: a seeded message may be older than what is there.
        conversation.Messages.Insert(conversation.Messages.FindLastIndex(one => one.DateAdded <= message.DateAdded) + 1, message);
        conversation.Unread = direction == "inbound" ? conversation.Unread + 1 : 0;
        messages[message.Id] = message;
        if (conversation.Messages.Count > MessagesKept)
        {
            messages.Remove(conversation.Messages[0].Id);
            conversation.Messages.RemoveAt(0);
        }
        return message;
    }

    public void Clear()
    {
        contacts.Clear();
        conversations.Clear();
        messages.Clear();
        order.Clear();
    }
}
