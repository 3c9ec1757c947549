using System.Text.Json;
using Dapper;
using EnterpriseHub.Contracts.Conversations;
using EnterpriseHub.Model.Tests.Ports;
using EnterpriseHub.Model.Tests.Processes;
using EnterpriseHub.Model.Tests.Scenarios;
using EnterpriseHub.Model.Tests.Scheduling;
using EnterpriseHub.Platform.Messaging;

namespace EnterpriseHub.Model.Tests.Running;

/// <summary>A message on its way to one consumer.</summary>
internal sealed record Parcel(Consumer To, object Message, Guid Id)
{
    public string? TurnId => Message is SendReply send ? send.TurnId : null;
}

/// <summary>
/// Takes committed rows out of the outboxes and holds their messages until the loop hands one over. At least once and in any order;
/// what a dead process had in hand comes again.
/// </summary>
internal sealed class Bus(Loop loop, ModelStore store, Scenario scenario)
{
    private static readonly IReadOnlyList<Consumer> Consumers = [.. Role.Gateway.Consumers, .. Role.Orchestrator.Consumers];

    private readonly List<(Node Holder, Parcel Parcel)> _inHand = [];
    private int _published;

    public List<Parcel> Waiting { get; } = [];

    public bool IsEmpty => Waiting.Count == 0 && _inHand.Count == 0;

    /// <summary>Publishes what was committed since.</summary>
    public void Collect()
    {
        foreach (var schema in store.Written)
        {
            var connection = store.Schema(schema);
            var rows = connection.Query<Row>("SELECT message_id AS MessageId, message_type AS MessageType, body AS Body FROM outbox ORDER BY id").AsList();
            if (rows.Count > 0)
            {
                connection.Execute("DELETE FROM outbox");
            }
            foreach (var row in rows)
            {
                Publish(row);
            }
        }
        store.Written.Clear();
    }

    public void Deliver(Parcel parcel, Node node, bool again)
    {
        if (!again)
        {
            Waiting.Remove(parcel);
        }
        _inHand.Add((node, parcel));
        node.Start(
            new Operation($"{parcel.To.Name} {Short(parcel.Id)}", parcel.TurnId),
            () => parcel.To.Consume(node.Services, parcel.Message, parcel.Id),
            _ => _inHand.Remove((node, parcel)));
    }

    /// <summary>The broker gives a dead process's messages to others.</summary>
    public void Requeue(Node dead)
    {
        foreach (var held in _inHand.Where(held => held.Holder == dead).ToList())
        {
            _inHand.Remove(held);
            Waiting.Add(held.Parcel);
        }
    }

    private void Publish(Row row)
    {
        var type = MessageTypes.Find(row.MessageType)!;
        var message = JsonSerializer.Deserialize(row.Body, type, Outbox.Json)!;
        if (message is InboundMessageAccepted or SendReply && scenario.Lost.Contains(_published++))
        {
            loop.Note($"bus    loses a {type.Name}");
            return;
        }
        foreach (var consumer in Consumers.Where(consumer => consumer.Message == type))
        {
            Waiting.Add(new Parcel(consumer, message, Guid.Parse(row.MessageId)));
        }
    }

    private static string Short(Guid id) => id.ToString()[..8];

    private sealed record Row
    {
        public string MessageId { get; init; } = "";

        public string MessageType { get; init; } = "";

        public string Body { get; init; } = "";
    }
}
