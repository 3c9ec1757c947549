using RabbitMQ.Client;
using RabbitMQ.Client.Exceptions;

namespace EnterpriseHub.Platform.Messaging;

/// <summary>Asks the broker itself, over a connection of its own that nothing else can have spoiled.</summary>
internal interface IBrokerProbe
{
    /// <summary>True when the broker confirms a message now; a broker that blocks publishers does not.</summary>
    Task<bool> TakesMessagesAsync(CancellationToken cancellation);

    /// <summary>Those of the queues that are not there or that nobody consumes; none when the broker does not answer.</summary>
    Task<IReadOnlyList<string>> UnconsumedAsync(IReadOnlyList<string> queues, CancellationToken cancellation);
}

/// <inheritdoc />
internal sealed class BrokerProbe(Uri broker) : IBrokerProbe
{
    /// <summary>Nobody is bound to it: the broker confirms the message and forgets it.</summary>
    private const string Nowhere = "enterprisehub-probe";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    public async Task<bool> TakesMessagesAsync(CancellationToken cancellation) => await AskAsync(
        async (connection, limit) =>
        {
            await using var channel = await connection.CreateChannelAsync(
                new CreateChannelOptions(publisherConfirmationsEnabled: true, publisherConfirmationTrackingEnabled: true), limit);
            await channel.BasicPublishAsync(string.Empty, Nowhere, ReadOnlyMemory<byte>.Empty, limit);
            return true;
        },
        false,
        cancellation);

    public async Task<IReadOnlyList<string>> UnconsumedAsync(IReadOnlyList<string> queues, CancellationToken cancellation) => await AskAsync<IReadOnlyList<string>>(
        async (connection, limit) =>
        {
            var unconsumed = new List<string>();
            foreach (var queue in queues)
            {
                // One channel each: a question for a queue that is not there closes it.
                await using var channel = await connection.CreateChannelAsync(cancellationToken: limit);
                if (!await IsConsumedAsync(channel, queue, limit))
                {
                    unconsumed.Add(queue);
                }
            }
            return unconsumed;
        },
        [],
        cancellation);

    private static async Task<bool> IsConsumedAsync(IChannel channel, string queue, CancellationToken limit)
    {
        try
        {
            return (await channel.QueueDeclarePassiveAsync(queue, limit)).ConsumerCount > 0;
        }
        catch (OperationInterruptedException missing) when (missing.ShutdownReason?.ReplyCode == 404)
        {
            return false;
        }
    }

    private async Task<T> AskAsync<T>(Func<IConnection, CancellationToken, Task<T>> ask, T otherwise, CancellationToken cancellation)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limit.CancelAfter(Patience);
        try
        {
            var factory = new ConnectionFactory { Uri = broker, AutomaticRecoveryEnabled = false, ClientProvidedName = "enterprisehub/probe" };
            // WaitAsync too: closing a connection that hangs must not hold up the answer.
            return await Task.Run(
                async () =>
                {
                    await using var connection = await factory.CreateConnectionAsync(limit.Token);
                    return await ask(connection, limit.Token);
                },
                limit.Token).WaitAsync(limit.Token);
        }
        catch (Exception failure) when (!cancellation.IsCancellationRequested
            && failure is OperationCanceledException or RabbitMQClientException or IOException or TimeoutException)
        {
            return otherwise;
        }
    }
}
