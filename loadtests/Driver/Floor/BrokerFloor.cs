using RabbitMQ.Client;

namespace EnterpriseHub.LoadTests.Floor;

/// <summary>Publishes to a quorum queue and waits for the confirm: the floor of every hop over the bus.</summary>
internal sealed class BrokerFloor : IStageFloor
{
    private const string Queue = "load-floor";

    private static readonly byte[] Body = new byte[1400];

    private readonly IConnection _connection;
    private readonly IChannel _channel;

    private BrokerFloor(IConnection connection, IChannel channel) => (_connection, _channel) = (connection, channel);

    public string Name => "RabbitMQ publish with confirm";

    public static async Task<BrokerFloor> OpenAsync(string address, CancellationToken cancellation)
    {
        var connection = await new ConnectionFactory { Uri = new Uri(address) }.CreateConnectionAsync(cancellation);
        var channel = await connection.CreateChannelAsync(new CreateChannelOptions(publisherConfirmationsEnabled: true, publisherConfirmationTrackingEnabled: true), cancellation);
        await channel.QueueDeclareAsync(Queue, durable: true, exclusive: false, autoDelete: false, new Dictionary<string, object?> { ["x-queue-type"] = "quorum" }, cancellationToken: cancellation);
        return new BrokerFloor(connection, channel);
    }

    public async Task RunAsync() =>
        await _channel.BasicPublishAsync("", Queue, mandatory: false, new BasicProperties { Persistent = true }, Body);

    public async ValueTask DisposeAsync()
    {
        await _channel.QueueDeleteAsync(Queue);
        await _channel.DisposeAsync();
        await _connection.DisposeAsync();
    }
}
