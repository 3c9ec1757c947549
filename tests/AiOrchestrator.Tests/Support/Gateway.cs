using System.Collections.Concurrent;
using EnterpriseHub.Contracts.Contacts;
using EnterpriseHub.Contracts.Conversations;
using EnterpriseHub.Contracts.Crm;
using EnterpriseHub.Platform.Caching;
using EnterpriseHub.Platform.Hosting;
using MassTransit;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace EnterpriseHub.AiOrchestrator.Tests.Support;

/// <summary>What the other side of the bus saw and answers.</summary>
internal sealed class GatewayState
{
    public ConcurrentQueue<SendReply> Replies { get; } = new();

    public ConcurrentQueue<TurnDecided> Turns { get; } = new();

    public ConcurrentQueue<object> Commands { get; } = new();

    public Func<LookUpContact, ContactSnapshot> Contact { get; set; } = asked => Known(asked.LocationId, asked.ContactId);

    /// <summary>How a reply ends; null reports nothing.</summary>
    public Func<SendReply, ReplyState?> Settle { get; set; } = _ => ReplyState.Sent;

    public int LookUps;

    public static ContactSnapshot Known(string location, string contact, params string[] tags) =>
        new() { LocationId = location, ContactId = contact, Known = true, FirstName = "Maria", Tags = tags.Length > 0 ? tags : ["needs qualifying", "seller-lead"] };
}

/// <summary>Stands in for the gateway: answers look-ups, takes commands, reports deliveries.</summary>
public sealed class GatewayModule : IServiceModule
{
    internal GatewayState State { get; } = new();

    public string Name => "test-gateway";

    public void AddServices(IServiceCollection services, IConfiguration configuration)
    {
        services.AddSingleton(State);
        services.TryAddSingleton<IHubCache, TestCache>();
    }

    public void AddConsumers(IBusRegistrationConfigurator bus)
    {
        bus.AddConsumer<LookUpContactConsumer>();
        bus.AddConsumer<SendReplyConsumer>();
        bus.AddConsumer<RecordConsumer>();
    }

    public void MapEndpoints(IEndpointRouteBuilder routes)
    {
    }
}

internal sealed class LookUpContactConsumer(GatewayState state) : IConsumer<LookUpContact>
{
    public Task Consume(ConsumeContext<LookUpContact> context)
    {
        Interlocked.Increment(ref state.LookUps);
        return context.RespondAsync(state.Contact(context.Message));
    }
}

internal sealed class SendReplyConsumer(GatewayState state) : IConsumer<SendReply>
{
    public async Task Consume(ConsumeContext<SendReply> context)
    {
        var reply = context.Message;
        state.Replies.Enqueue(reply);
        if (state.Settle(reply) is { } end)
        {
            await context.Publish(new ReplySettled
            {
                TurnId = reply.TurnId, LocationId = reply.LocationId, ConversationId = reply.ConversationId, ContactId = reply.ContactId,
                State = end, AnswersUpToSeq = reply.AnswersUpToSeq, At = TimeProvider.System.GetUtcNow(),
            });
        }
    }
}

internal sealed class RecordConsumer(GatewayState state) :
    IConsumer<TurnDecided>, IConsumer<AddTags>, IConsumer<RemoveTags>, IConsumer<SetCustomFields>, IConsumer<EnrollInWorkflow>, IConsumer<MoveOpportunity>
{
    public Task Consume(ConsumeContext<TurnDecided> context)
    {
        state.Turns.Enqueue(context.Message);
        return Task.CompletedTask;
    }

    public Task Consume(ConsumeContext<AddTags> context) => Record(context.Message);

    public Task Consume(ConsumeContext<RemoveTags> context) => Record(context.Message);

    public Task Consume(ConsumeContext<SetCustomFields> context) => Record(context.Message);

    public Task Consume(ConsumeContext<EnrollInWorkflow> context) => Record(context.Message);

    public Task Consume(ConsumeContext<MoveOpportunity> context) => Record(context.Message);

    private Task Record(object command)
    {
        state.Commands.Enqueue(command);
        return Task.CompletedTask;
    }
}

internal sealed class TestCache : IHubCache
{
    private readonly ConcurrentDictionary<CacheKey, object> _entries = new();

    public ValueTask<T?> GetAsync<T>(CacheKey key, CancellationToken cancellation)
        where T : class => ValueTask.FromResult(_entries.GetValueOrDefault(key) as T);

    public ValueTask SetAsync<T>(CacheKey key, T value, TimeSpan lifetime, IReadOnlyList<string> tags, CancellationToken cancellation)
        where T : class
    {
        _entries[key] = value;
        return ValueTask.CompletedTask;
    }

    public ValueTask InvalidateAsync(string locationId, string tag, CancellationToken cancellation)
    {
        _entries.Clear();
        return ValueTask.CompletedTask;
    }
}
