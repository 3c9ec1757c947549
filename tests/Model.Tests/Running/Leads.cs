using System.Security.Cryptography;
using EnterpriseHub.Model.Tests.Ports;
using EnterpriseHub.Model.Tests.Processes;
using EnterpriseHub.Model.Tests.Scenarios;
using EnterpriseHub.Model.Tests.Scheduling;
using EnterpriseHub.WebhookGateway.ReceiveGhlWebhook;
using EnterpriseHub.WebhookGateway.ReceiveGhlWebhook.Meaning;
using EnterpriseHub.WebhookGateway.ReceiveGhlWebhook.Payload;
using Microsoft.Extensions.DependencyInjection;

namespace EnterpriseHub.Model.Tests.Running;

/// <summary>What leads and people write, and the webhooks that tell of it.</summary>
internal sealed class Leads
{
    private static readonly TimeSpan RetryAfter429 = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan FoundByPoll = TimeSpan.FromMinutes(5);

    private readonly Loop _loop;
    private readonly Scenario _scenario;
    private readonly ModelGhl _ghl;
    private readonly List<(Node Holder, Webhook Webhook)> _inHand = [];
    private int _echoes;

    public Leads(Loop loop, Scenario scenario, ModelGhl ghl)
    {
        (_loop, _scenario, _ghl) = (loop, scenario, ghl);
        ghl.MessageSaved += Echo;
    }

    public List<Webhook> Hooks { get; } = [];

    public List<Written> All { get; } = [];

    public int Next { get; private set; }

    public bool AllWritten => Next == _scenario.Inputs.Count;

    public bool IsQuiet => AllWritten && Hooks.Count == 0 && _inHand.Count == 0;

    /// <summary>The next input is written in GHL.</summary>
    public void WriteNext()
    {
        // No two messages have one time.
        _loop.Clock.Advance(TimeSpan.FromMilliseconds(2));
        var number = Next++;
        var input = _scenario.Inputs[number];
        var contact = _scenario.ContactOf(input.Conversation);
        if (input.Kind == InputKind.Human)
        {
            _ghl.Save(contact, Scenario.ConversationOf(input.Conversation), $"This is Sam, {Words.Of(number)}", null);
            return;
        }
        var written = new Written(input, number, contact) { SentAt = _loop.Clock.Elapsed };
        All.Add(written);
        _loop.Note($"lead   writes '{written.Text}' in {written.ConversationId}");
        Hooks.AddRange(Enumerable.Repeat(Webhook.Inbound(written, _loop.Clock.Now, _loop.Clock.Elapsed), input.Copies));
    }

    public void Deliver(Webhook hook, Node node)
    {
        Hooks.Remove(hook);
        _inHand.Add((node, hook));
        string? status = null;
        if (hook.Written is { } came)
        {
            came.Came ??= (_loop.Step, _loop.Clock.Elapsed);
        }
        node.Start(new Operation(hook.Name), async () => status = await AcceptAsync(hook, node.Services), ended =>
        {
            _inHand.Remove((node, hook));
            if (status is null)
            {
                _loop.Note($"{node.Process,-6} answers 429 to {hook.Name}");
                Hooks.Add(hook with { NotBefore = _loop.Clock.Elapsed + RetryAfter429 });
            }
            else if (hook.Written is { } written)
            {
                written.Acknowledged ??= (_loop.Step, _loop.Clock.Elapsed);
            }
        });
    }

    /// <summary>The sender saw the connection break; the poll for missed webhooks finds the message later.</summary>
    public void Requeue(Node dead)
    {
        foreach (var held in _inHand.Where(held => held.Holder == dead).ToList())
        {
            _inHand.Remove(held);
            Hooks.Add(held.Webhook with { NotBefore = _loop.Clock.Elapsed + FoundByPoll });
        }
    }

    private static Task<string?> AcceptAsync(Webhook hook, IServiceProvider services)
    {
        var payload = new GhlPayload(StrictJson.Read(hook.Body).Body);
        var key = payload.Id("webhookId") ?? Convert.ToHexStringLower(SHA256.HashData(hook.Body));
        var received = services.GetRequiredService<TimeProvider>().GetUtcNow();
        return services.GetRequiredService<AcceptEvent>().AcceptAsync(
            new IncomingEvent(EventTable.Read(payload)!, hook.Body, key, received), CancellationToken.None);
    }

    private void Echo(SavedMessage message)
    {
        if (message.TurnId is null)
        {
            Hooks.Add(Webhook.Outbound(message, _loop.Clock.Elapsed));
            return;
        }
        var after = _echoes < _scenario.Echoes.Count ? _scenario.Echoes[_echoes] : -1;
        _echoes++;
        if (after >= 0)
        {
            Hooks.Add(Webhook.Outbound(message, _loop.Clock.Elapsed + TimeSpan.FromSeconds(after)));
        }
    }
}
