using EnterpriseHub.Analytics;
using EnterpriseHub.Contracts.Conversations;
using EnterpriseHub.Contracts.Crm;
using EnterpriseHub.Contracts.Scoring;
using EnterpriseHub.TestKit.Hosting;
using MassTransit;
using Microsoft.Extensions.DependencyInjection;

namespace EnterpriseHub.Browser.Tests;

/// <summary>The analytics module alone, fed with the messages that the other modules would send.</summary>
internal sealed class AnalyticsSite : DashboardSite
{
    private const string Location = "ve9EPM428h8vShlRW1KT";

    private readonly ModuleHost _host;
    private bool _stopped;
    private long _seq;

    private AnalyticsSite(ModuleHost host) => _host = host;

    public override Uri Address => _host.Address;

    public override string Key => TestCallers.AdminKey;

    private static DateTimeOffset Now => TimeProvider.System.GetUtcNow();

    public static async Task<AnalyticsSite> StartAsync() =>
        new(await ModuleHost.StartAsync(["--Dashboard:Simulated=true"], null, new AnalyticsModule(), new StubModule()));

    public override async Task WriteAsync(string contactId, string text) => await TurnAsync(contactId, Now, "warm", 46, ReplyState.Sent, null, 158, text);

    public override async Task FillAsync()
    {
        var leads = new[] { "ocQHyuzHvysMo5N5VsXc", "Xk2PqLm84hTr0vBnZs1A", "nmV7cE3dUyW5gJ9oRt6F", "b1QzYx8KpHs4LwMc7TeN", "r5DfGh2JkL9zXcVbN3mQ", "w8TyUi4OpAs6DfGh1JkL" };
        var temperatures = new[] { "hot", "warm", "cold", "warm", "hot", "cold" };
        for (var turn = 0; turn < 90; turn++)
        {
            var who = turn * 7 % leads.Length;
            var state = turn % 17 == 5 ? ReplyState.Superseded : turn % 23 == 9 ? ReplyState.Suppressed : turn == 61 ? ReplyState.Held : ReplyState.Sent;
            var reason = state switch { ReplyState.Superseded => "newer_message", ReplyState.Suppressed => "quiet_hours", ReplyState.Held => "outcome_unknown", _ => null };
            await TurnAsync(leads[who], Now.AddSeconds(-8.5 * (90 - turn)), temperatures[who], 88 - (who * 13), state, reason, 138 + (turn * 37 % 71) + (turn % 29 == 0 ? 140 : 0), "");
        }
        await PublishAsync(new OptOutRecorded { LocationId = Location, ContactId = leads[5], OptedOut = true, At = Now.AddSeconds(-20) });
    }

    public override async Task StopAsync()
    {
        if (!_stopped)
        {
            _stopped = true;
            await _host.DisposeAsync();
        }
    }

    public override async ValueTask DisposeAsync() => await StopAsync();

    private async Task TurnAsync(string contact, DateTimeOffset at, string temperature, int score, ReplyState state, string? reason, double ms, string text)
    {
        var seq = ++_seq;
        var (turnId, conversation) = ($"turn-{seq}", $"conversation-{contact}");
        await PublishAsync(new InboundMessageAccepted
        {
            EventId = $"event-{seq}", Seq = seq, LocationId = Location, ConversationId = conversation, ContactId = contact, Channel = "SMS", Text = text,
            SentAt = at, ReceivedAt = at, AcceptedAt = at.AddMilliseconds(2.5 + (seq % 5)), Location = Profile,
        });
        await PublishAsync(new TurnDecided
        {
            TurnId = turnId, LocationId = Location, ConversationId = conversation, ContactId = contact, AnswersUpToSeq = seq, Decision = "send", Reason = "answered",
            Mode = seq % 3 == 0 ? "buyer" : "seller", Temperature = temperature, CostMicroUsd = 1350 + (seq * 31 % 400), ReceivedAt = at, DecidedAt = at.AddMilliseconds(ms - 60),
            Qualification = new Dictionary<string, string> { ["motivation"] = "relocation", ["timeline"] = "45 days", ["timeline_accepted"] = "true", ["condition"] = "move-in ready", ["price"] = "650000" },
            Steps =
            [
                new StepMeasured("load_contact", 0.4 + (seq % 3 * 0.2), "ok"), new StepMeasured("analyze", 104 + (seq * 13 % 46), "ok"), new StepMeasured("draft_reply", 82 + (seq * 11 % 38), "ok"),
                new StepMeasured("knowledge", 9 + (seq % 6), seq % 31 == 0 ? "late" : "ok"), new StepMeasured("read_score", 0.3, "ok"),
            ],
        });
        await PublishAsync(new ReplySettled
        {
            TurnId = turnId, LocationId = Location, ConversationId = conversation, ContactId = contact, State = state, Reason = reason, AnswersUpToSeq = seq,
            StageMs = new Dictionary<string, double> { ["claimed"] = ms - 58, ["posted"] = ms - 55, ["answered"] = ms }, At = at.AddMilliseconds(ms),
        });
        await PublishAsync(new CrmActionSettled { ActionId = $"{turnId}:add_tags", LocationId = Location, ContactId = contact, Action = "add_tags", State = "done", At = at.AddMilliseconds(ms + 90) });
        await PublishAsync(new LeadScored
        {
            LocationId = Location, ContactId = contact, Score = score, Model = "rules-1", At = at.AddMilliseconds(ms + 120),
            Reasons = [new("questions_answered", 35), new("temperature_hot", 20), new("timeline_accepted", 10), new("messages_written", 10), new("objections", -3)],
        });
    }

    private Task PublishAsync(object message) => _host.Services.GetRequiredService<IBus>()
        .Publish(message, message.GetType(), context => context.MessageId = NewId.NextGuid(), CancellationToken.None);

    private static readonly LocationProfile Profile = new()
    {
        Name = "Alta Loma Realty", TimeZone = "America/Los_Angeles", Tone = "friendly", SettleWindow = TimeSpan.Zero, DailyBudgetUsd = 5,
        Activation = new ActivationRules { Default = "on", OnTags = [], OffTags = [], SellerTags = [], BuyerTags = [] },
    };
}
