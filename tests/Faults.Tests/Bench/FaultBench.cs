using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using System.Net.Http.Json;
using EnterpriseHub.Faults.Tests.Processes;
using EnterpriseHub.TestKit.Traffic;

namespace EnterpriseHub.Faults.Tests.Bench;

/// <summary>Drives signed traffic at a topology and judges it from the simulated GHL's ledger.</summary>
internal sealed class FaultBench(ProcessTopology hub)
{
    /// <summary>In every text of a lead; must never be seen in a log.</summary>
    public const string Marker = "quokka";

    private readonly ConcurrentDictionary<int, Handover> _handovers = new();
    private int _number;
    private string _cell = "start";

    public ProcessTopology Hub => hub;

    /// <summary>Two locations that answer every lead at any hour.</summary>
    public static IReadOnlyList<string> Locations { get; } = ["fault-a", "fault-b"];

    /// <summary>What was taken since the bench began.</summary>
    public IReadOnlyCollection<Handover> Handovers => [.. _handovers.Values];

    /// <summary>How this cell's deliveries were answered.</summary>
    public AnswerCounts Answers { get; private set; } = new();

    /// <summary>A new cell: its leads are new ones.</summary>
    public void Begin(string cell)
    {
        _cell = new string([.. cell.ToLowerInvariant().Select(letter => char.IsLetterOrDigit(letter) ? letter : '-')]);
        Answers = new AnswerCounts();
    }

    /// <summary>Creates or changes a location.</summary>
    public async Task LocateAsync(string locationId, object? changes = null)
    {
        object body = changes ?? new
        {
            name = locationId, timeZone = "America/Los_Angeles", accessToken = $"sim-{locationId}", settleWindow = "00:00:00",
            quietHours = (object?)null, activation = new { @default = "on" }, dailyBudgetUsd = 1000,
        };
        using var answer = await hub.SendAsync(HttpMethod.Put, $"/api/locations/{locationId}", body);
        if (!answer.IsSuccessStatusCode)
        {
            throw new InvalidOperationException($"PUT {locationId}: {(int)answer.StatusCode} {await answer.Content.ReadAsStringAsync()}");
        }
    }

    /// <summary>A text of one of this cell's leads.</summary>
    /// <param name="lead">Number of the lead within the cell.</param>
    /// <param name="text">What it says; marker and number are put behind it.</param>
    public LeadMessage Write(int lead, string text = "Hi, I have a question about my house")
    {
        var number = Interlocked.Increment(ref _number);
        var contact = $"{_cell}-lead-{lead}";
        return new LeadMessage
        {
            Ref = number, LocationId = Locations[lead % Locations.Count], ContactId = contact, ConversationId = $"conv-{contact}",
            Text = $"{text} {Marker} ref {number}", SentAt = TimeProvider.System.GetUtcNow(),
        };
    }

    /// <summary>Delivers once.</summary>
    /// <returns>The status; null when there was no answer.</returns>
    public async Task<HttpStatusCode?> TryDeliverAsync(LeadMessage message, Uri? gateway = null)
    {
        var asked = Now();
        using var request = message.Request(hub.Key, new Uri(gateway ?? hub.For("/webhooks/ghl"), "/webhooks/ghl"));
        try
        {
            using var answer = await hub.Http.SendAsync(request);
            Answers.Add(answer);
            if (answer.StatusCode == HttpStatusCode.OK)
            {
                _handovers.TryAdd(message.Ref, new Handover(message, asked, asked, Now()));
            }
            return answer.StatusCode;
        }
        catch (Exception failure) when (failure is HttpRequestException or TaskCanceledException)
        {
            Answers.Add(null);
            return null;
        }
    }

    /// <summary>Gateways behind the front door now, where there are several: an unanswered delivery goes to the next one.</summary>
    public Func<IReadOnlyList<Uri>>? Gateways { get; set; }

    /// <summary>Deliveries that no gateway took at the first try.</summary>
    public int Missed { get; private set; }

    /// <summary>Delivers until it is taken, as GHL repeats what was answered 429.</summary>
    public async Task DeliverAsync(LeadMessage message)
    {
        var first = true;
        for (var began = Stopwatch.GetTimestamp(); Stopwatch.GetElapsedTime(began) < TimeSpan.FromMinutes(3);)
        {
            foreach (var gateway in Gateways?.Invoke().OrderBy(_ => Random.Shared.Next()).ToList() ?? [hub.For("/webhooks/ghl")])
            {
                if (await TryDeliverAsync(message, gateway) == HttpStatusCode.OK)
                {
                    return;
                }
            }
            Missed += first ? 1 : 0;
            first = false;
            await Task.Delay(300, CancellationToken.None);
        }
        throw new InvalidOperationException($"ref {message.Ref} was not taken for three minutes");
    }

    /// <summary>One text from each of this many leads, all at once.</summary>
    public async Task<IReadOnlyList<LeadMessage>> BurstAsync(int leads = 4, int first = 0)
    {
        var messages = Enumerable.Range(first, leads).Select(lead => Write(lead)).ToList();
        await Task.WhenAll(messages.Select(message => DeliverAsync(message)));
        return messages;
    }

    /// <summary>Writes a text into the simulated GHL, whether its webhook comes or not.</summary>
    public async Task PlantAsync(LeadMessage message)
    {
        using var answer = await hub.Http.PostAsJsonAsync(new Uri(hub.Simulator.Address, "/sim/ghl-control/messages"), new[]
        {
            new { id = message.ContactId, locationId = message.LocationId, direction = "inbound", body = message.Text, messageId = message.MessageId, dateAdded = message.SentAt },
        });
        answer.EnsureSuccessStatusCode();
    }

    /// <summary>Says that a message was taken though no answer came: GHL has it and the product must find it.</summary>
    public void Expect(LeadMessage message) => _handovers.TryAdd(message.Ref, new Handover(message, Now(), Now(), Now()));

    /// <summary>Misbehaviour of the simulated upstreams, see <c>/sim/control/faults</c>; none clears.</summary>
    public async Task UpstreamsAsync(params object[] rules)
    {
        using var answer = await hub.Http.PutAsJsonAsync(new Uri(hub.Simulator.Address, "/sim/control/faults"), rules);
        answer.EnsureSuccessStatusCode();
    }

    /// <summary>Calls a day that the simulated GHL grants a location.</summary>
    public async Task LimitAsync(int daily)
    {
        using var answer = await hub.Http.PutAsJsonAsync(new Uri(hub.Simulator.Address, "/sim/control/rate-limit"), new { max = 100, intervalMs = 10_000, daily });
        answer.EnsureSuccessStatusCode();
    }

    /// <summary>Waits until the send ledger says this of a lead's only reply: state and reason.</summary>
    public async Task<string> LedgerStateAsync(string contactId, Func<string, bool> reached)
    {
        string? row = null;
        for (var tries = 0; tries < 150; tries++)
        {
            row = await hub.Work.TextAsync("gateway", "SELECT state || ' ' || COALESCE(reason, '') FROM {0}outbound_message WHERE contact_id = @contactId", new { contactId });
            if (row is not null && reached(row))
            {
                return row;
            }
            await Task.Delay(200, CancellationToken.None);
        }
        throw new InvalidOperationException($"the ledger says '{row}'");
    }

    /// <summary>What the simulated GHL saved for this cell's leads.</summary>
    public async Task<IReadOnlyList<DeliveredReply>> RepliesAsync() =>
        [.. (await hub.Ghl.RepliesAsync(CancellationToken.None)).Where(reply => reply.ContactId.StartsWith(_cell + "-lead-", StringComparison.Ordinal))];

    /// <summary>Waits until nothing is open any more.</summary>
    public async Task QuietAsync(TimeSpan? patience = null)
    {
        IReadOnlyDictionary<string, long> open = new Dictionary<string, long>();
        for (var began = Stopwatch.GetTimestamp(); Stopwatch.GetElapsedTime(began) < (patience ?? TimeSpan.FromMinutes(3));)
        {
            try
            {
                open = await hub.Work.CountAsync();
                if (open.Count == 0)
                {
                    return;
                }
            }
            catch (System.Data.Common.DbException)
            {
                // The store is what is broken now.
            }
            await Task.Delay(200, CancellationToken.None);
        }
        throw new InvalidOperationException($"still open: {string.Join(", ", open.Select(pair => $"{pair.Value} {pair.Key}"))}; {await JudgeAsync()}");
    }

    /// <summary>Waits until all is quiet and demands one reply for each message of this cell, in order.</summary>
    public async Task<string> OneEachAsync(TimeSpan? patience = null)
    {
        await AnsweredAsync(patience);
        await QuietAsync(patience);
        var verdict = await JudgeAsync();
        return verdict.Clean
            ? $"{Mine.Count} texts, {(await RepliesAsync()).Count} replies"
            : throw new InvalidOperationException($"{verdict}; {await HistoryAsync(verdict)}");
    }

    /// <summary>What the product wrote down of the first lead that was treated wrongly.</summary>
    private async Task<string> HistoryAsync(Verdict verdict)
    {
        var numbers = verdict.Lost.Concat(verdict.Doubled).Concat(verdict.OutOfOrder.Select(pair => int.Parse(pair.Split(' ')[1], System.Globalization.CultureInfo.InvariantCulture)));
        var contact = Mine.FirstOrDefault(handover => numbers.Contains(handover.Message.Ref))?.Message.ContactId;
        if (contact is null)
        {
            return "";
        }
        var texts = Mine.Where(handover => handover.Message.ContactId == contact).OrderBy(handover => handover.AcceptedAt)
            .Select(handover => $"ref={handover.Message.Ref} asked={handover.AskedAt:0} accepted={handover.AcceptedAt:0}");
        var replies = (await RepliesAsync()).Where(reply => reply.ContactId == contact).Select(reply => $"refs={string.Join(',', reply.Refs)} at={reply.At:0} answered={reply.AnsweredAt:0}");
        return $"TEXTS {string.Join(" / ", texts)}; REPLIES {string.Join(" / ", replies)}; {await hub.Work.HistoryAsync(contact)}";
    }

    /// <summary>Waits until all is quiet and demands for each message of this cell one reply, or an end with a reason; never two.</summary>
    public async Task<string> OneEndEachAsync()
    {
        await QuietAsync();
        var verdict = await JudgeAsync();
        // Where the model is of no help, the text is a fixed one and names no number: then the lead tells which text it answers.
        var byLead = (await RepliesAsync()).ToLookup(reply => reply.ContactId);
        if (verdict.Doubled.Count + verdict.OutOfOrder.Count > 0 || byLead.FirstOrDefault(group => group.Count() > Mine.Count(mine => mine.Message.ContactId == group.Key)) is not null)
        {
            throw new InvalidOperationException(verdict.ToString());
        }
        var ends = new List<string>();
        foreach (var lost in Mine.Where(handover => verdict.Lost.Contains(handover.Message.Ref) && !byLead.Contains(handover.Message.ContactId)).Select(handover => handover.Message))
        {
            ends.Add(await EndAsync(lost) ?? throw new InvalidOperationException($"ref {lost.Ref} has neither a reply nor an end"));
        }
        return $"{Mine.Count - ends.Count} replies{string.Concat(ends.GroupBy(end => end).Select(group => $", {group.Count()} {group.Key}"))}";
    }

    /// <summary>How the last turn of a lead ended without a reply; null if it did not.</summary>
    private async Task<string?> EndAsync(LeadMessage message)
    {
        var turn = (await hub.GetAsync($"/api/conversations/{message.ConversationId}?locationId={message.LocationId}")).GetProperty("turns")
            .EnumerateArray().OrderBy(one => one.GetProperty("answersUpToSeq").GetInt64()).LastOrDefault();
        if (turn.ValueKind == System.Text.Json.JsonValueKind.Undefined)
        {
            return null;
        }
        var (decision, reason, delivery) = (turn.GetProperty("decision").GetString(), turn.GetProperty("reason").GetString(), turn.GetProperty("delivery").GetString());
        return delivery is "held" or "suppressed" or "failed" ? $"{delivery}"
            : decision is "hand_over" or "stay_silent" && !string.IsNullOrEmpty(reason) ? $"{decision} ({reason})"
            : null;
    }

    /// <summary>Compares this cell's messages with the replies to its leads.</summary>
    public async Task<Verdict> JudgeAsync() => Oracle.Judge(Mine, await RepliesAsync());

    private List<Handover> Mine => [.. _handovers.Values.Where(handover => handover.Message.ContactId.StartsWith(_cell + "-lead-", StringComparison.Ordinal))];

    private async Task AnsweredAsync(TimeSpan? patience)
    {
        for (var began = Stopwatch.GetTimestamp(); Stopwatch.GetElapsedTime(began) < (patience ?? TimeSpan.FromMinutes(3));)
        {
            if ((await JudgeAsync()).Lost.Count == 0)
            {
                return;
            }
            await Task.Delay(150, CancellationToken.None);
        }
    }

    private static double Now() => (TimeProvider.System.GetUtcNow() - DateTimeOffset.UnixEpoch).TotalMilliseconds;
}
