using EnterpriseHub.Simulator.Ghl.State;
using EnterpriseHub.Simulator.Json;

namespace EnterpriseHub.Simulator.Leads;

/// <summary>One run of the lead generator: paces messages over conversations and delivers their webhooks.</summary>
internal sealed class LeadRun(LeadPlan plan, GhlStore store, WebhookSender sender, TimeProvider time)
{
    private const int LooksPerSlot = 64;
    private const int InFlight = 256;
    private static readonly TimeSpan Idle = TimeSpan.FromMilliseconds(20);
    private readonly Random random = plan.Seed is { } seed ? new Random(seed) : new Random();
    private readonly (Lead? Lead, DateTimeOffset NotBefore)[] seats = new (Lead?, DateTimeOffset)[plan.Conversations];
    private readonly SemaphoreSlim room = new(InFlight);
    private int next;
    private int sent;
    private int delivered;
    private int redelivered;
    private int failed;
    private int completed;

    public LeadStatus Status(bool running) => new(
        running, plan, Volatile.Read(ref sent), Volatile.Read(ref delivered), Volatile.Read(ref redelivered), Volatile.Read(ref failed), sender.Retries, Volatile.Read(ref completed));

    public async Task RunAsync(CancellationToken cancellation)
    {
        var start = time.GetTimestamp();
        var slots = 0L;
        while (plan.Total is not { } total || sent < total)
        {
            // Behind by more than a second (nobody was ready): go on from here instead of bursting.
            var elapsed = time.GetElapsedTime(start).TotalSeconds;
            slots = Math.Max(slots, (long)((elapsed - 1) * plan.RatePerSecond));
            var wait = TimeSpan.FromSeconds(slots / plan.RatePerSecond) - time.GetElapsedTime(start);
            if (wait > TimeSpan.Zero)
            {
                await Task.Delay(wait, time, cancellation);
            }
            if (Speak() is not { } message)
            {
                await Task.Delay(Idle, time, cancellation);
                continue;
            }
            slots++;
            await room.WaitAsync(cancellation);
            _ = DeliverAsync(message.Body, Draw(plan.ReorderShare), Draw(plan.RedeliverShare), cancellation);
        }
        for (var free = 0; free < InFlight; free++)
        {
            await room.WaitAsync(cancellation);
        }
    }

    /// <summary>Lets the next lead that is ready text.</summary>
    private (SimMessage Message, byte[] Body)? Speak()
    {
        var now = time.GetUtcNow();
        for (var look = 0; look < Math.Min(LooksPerSlot, seats.Length); look++)
        {
            var seat = next++ % seats.Length;
            lock (store.Gate)
            {
                if (seats[seat].Lead is null && seats[seat].NotBefore <= now)
                {
                    seats[seat].Lead = NewLead(seat, now);
                }
                if (seats[seat].Lead is not { } lead)
                {
                    continue;
                }
                var contact = store.Contact(lead.Contact.Id, lead.Contact.LocationId) ?? store.AddContact(lead.Contact.Id, lead.Contact.LocationId, lead.Contact.ConversationId);
                var last = store.ConversationOf(contact).Last;
                if (lead.ReadyAt(last, plan) is { } ready && ready > now)
                {
                    continue;
                }
                return Text(seat, lead, contact, last, now);
            }
        }
        return null;
    }

    private (SimMessage Message, byte[] Body) Text(int seat, Lead lead, SimContact contact, SimMessage? last, DateTimeOffset now)
    {
        var number = Interlocked.Increment(ref sent);
        var words = lead.Say(last, now);
        var message = store.Add(contact, MessageChannel.Sms, "inbound", plan.Refs ? $"{words} ref {number}" : words, at: now);
        if (words == "STOP")
        {
            // GHL blocks the channel itself and sends no event for it.
            contact.DndSettings["SMS"] = new DndSetting("active", "STOP", "101");
        }
        lead.ThinkMs = random.Next(plan.ThinkMinMs, plan.ThinkMaxMs + 1);
        if (lead.Done)
        {
            Interlocked.Increment(ref completed);
            seats[seat] = (null, now.AddMilliseconds(plan.PauseMs));
        }
        return (message, WebhookBody.Of(message, contact.Field("phone") ?? "", now));
    }

    private Lead NewLead(int seat, DateTimeOffset now)
    {
        var locations = plan.LocationIds!;
        var contact = store.AddContact(SimIds.Ghl(), locations[seat % locations.Count], SimIds.Ghl());
        contact.Tags.AddRange((plan.Tags ?? ["needs qualifying"]).Select(tag => tag.ToLowerInvariant()));
        contact.Fields["source"] = "simulator";
        contact.DateUpdated = now;
        return new Lead(contact, PersonaBook.Draw(random, plan.SpanishShare));
    }

    private bool Draw(double share) => share > 0 && random.NextDouble() < share;

    private async Task DeliverAsync(byte[] body, bool late, bool twice, CancellationToken cancellation)
    {
        try
        {
            if (late)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(Random.Shared.Next(300, 800)), time, cancellation);
            }
            Interlocked.Increment(ref await sender.SendAsync(body, cancellation) ? ref delivered : ref failed);
            if (twice)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(Random.Shared.Next(0, 500)), time, cancellation);
                await sender.SendAsync(body, cancellation);
                Interlocked.Increment(ref redelivered);
            }
        }
        catch (OperationCanceledException)
        {
            // The run was stopped.
        }
        finally
        {
            room.Release();
        }
    }
}

/// <summary>How far a run is.</summary>
internal sealed record LeadStatus(bool Running, LeadPlan? Plan, int Sent, int Delivered, int Redelivered, int Failed, long Retries, int CompletedConversations);
