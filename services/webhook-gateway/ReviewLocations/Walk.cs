using EnterpriseHub.WebhookGateway.GhlApi;

namespace EnterpriseHub.WebhookGateway.ReviewLocations;

/// <summary>A conversation in which somebody wrote, with its messages since then, newest first.</summary>
internal sealed record WrittenIn(ListedConversation Conversation, IReadOnlyList<ListedMessage> Messages);

/// <summary>What became of one conversation of a walk.</summary>
internal enum Visit
{
    /// <summary>Read and dealt with.</summary>
    Done,

    /// <summary>Could not be read or dealt with; the walk goes on, but the cursor stays before it.</summary>
    Skipped,

    /// <summary>The walk must end here.</summary>
    Stop,
}

/// <summary>How a walk ended.</summary>
/// <param name="Outcome"><c>ok</c>, <c>incomplete</c> (conversations were skipped), or why it stopped, in snake_case.</param>
/// <param name="ReadUpTo">GHL's time up to which everything was read; null: no conversation was.</param>
/// <param name="Conversations">Conversations that were read.</param>
/// <param name="Skipped">Ids of conversations that could not be read.</param>
internal sealed record WalkEnd(string Outcome, DateTimeOffset? ReadUpTo, int Conversations, IReadOnlyList<ListedConversation> Skipped)
{
    public bool IsWhole => Outcome == "ok";

    /// <summary>It came to the end of the list.</summary>
    public bool IsThrough => Outcome is "ok" or "incomplete";
}
