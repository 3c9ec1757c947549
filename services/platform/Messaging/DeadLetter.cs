namespace EnterpriseHub.Platform.Messaging;

/// <summary>A message that a consumer did not take, as it was on the bus.</summary>
public sealed record DeadLetter
{
    /// <summary>Id of this failure; a message that fails again comes with another one.</summary>
    public required string FailureId { get; init; }

    /// <summary>Id of the message; a hash of its body where it has none.</summary>
    public required string MessageId { get; init; }

    /// <summary>Queue it failed in.</summary>
    public required string Queue { get; init; }

    /// <summary>Short name of the message's type; empty where the body does not tell.</summary>
    public required string MessageType { get; init; }

    /// <summary>Location that the message is of; empty where the body does not tell.</summary>
    public required string LocationId { get; init; }

    /// <summary>Name of the exception's type, without its text; <c>skipped</c>: no consumer of the queue takes this type.</summary>
    public required string Failure { get; init; }

    /// <summary>How often the consumer tried, with its retries.</summary>
    public required long Attempts { get; init; }

    /// <summary>When it failed, Unix milliseconds by the clock of the process that failed.</summary>
    public required long FailedAt { get; init; }

    /// <summary>Content type of the body.</summary>
    public required string ContentType { get; init; }

    /// <summary>The bytes.</summary>
    public required byte[] Body { get; init; }
}

/// <summary>Keeps dead letters. The process whose module registers one receives those of all processes.</summary>
public interface IDeadLetterSink
{
    /// <summary>Stores a dead letter; the same <see cref="DeadLetter.FailureId"/> may come more than once.</summary>
    Task KeepAsync(DeadLetter letter, CancellationToken cancellation);
}
