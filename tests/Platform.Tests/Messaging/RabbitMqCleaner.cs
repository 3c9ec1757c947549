using RabbitMQ.Client;

namespace EnterpriseHub.Platform.Tests.Messaging;

/// <summary>Removes a queue and its error queue, so that a test begins with a broker that does not know it.</summary>
internal static class RabbitMqCleaner
{
    public static async Task RemoveAsync(string broker, string queue)
    {
        await using var connection = await new ConnectionFactory { Uri = new Uri(broker) }.CreateConnectionAsync();
        await using var channel = await connection.CreateChannelAsync();
        await channel.QueueDeleteAsync(queue, ifUnused: false, ifEmpty: false);
        await channel.QueueDeleteAsync($"{queue}_error", ifUnused: false, ifEmpty: false);
    }
}
