using EnterpriseHub.TestKit.Traffic;

namespace EnterpriseHub.LoadTests.Measuring;

/// <summary>
/// Reads the simulator's ledger as it grows, so that a run may be longer than the ledger, and sorts the replies by window.
/// What it kept of a reply is small: times, contact, references.
/// </summary>
internal sealed class LedgerFollower(SimulatedGhl ghl, TimeProvider time)
{
    /// <summary>A request of this age that has no answer never gets one.</summary>
    private static readonly TimeSpan GivenUp = TimeSpan.FromSeconds(90);

    private readonly Dictionary<string, WindowReplies> _windows = new(StringComparer.Ordinal);
    private readonly HashSet<long> _taken = [];
    private long _after;

    /// <summary>Replies to the contacts of a window, so far.</summary>
    public WindowReplies Of(string window)
    {
        lock (_windows)
        {
            return _windows.TryGetValue(window, out var found) ? found : _windows[window] = new WindowReplies();
        }
    }

    /// <summary>Reads what is new. Not for two callers at once.</summary>
    public async Task PollAsync(CancellationToken cancellation)
    {
        var old = (time.GetUtcNow() - GivenUp - DateTimeOffset.UnixEpoch).TotalMilliseconds;
        // Requests still under way are read again next time; those behind them that are done are taken now.
        long? open = null;
        for (var from = _after; ;)
        {
            var (page, next) = await ghl.PageAsync(from, cancellation);
            foreach (var line in page)
            {
                if (!line.Answered && line.At > old)
                {
                    open ??= line.Seq;
                }
                else if (_taken.Add(line.Seq) && line.Reply is { } reply)
                {
                    Of(WindowOf(reply.ContactId)).Add(reply with { Text = "" });
                }
            }
            if (page.Count == 0)
            {
                _after = (open ?? (next + 1)) - 1;
                _taken.RemoveWhere(seq => seq <= _after);
                return;
            }
            from = next;
        }
    }

    /// <summary>A contact is named <c>window-…</c>; anything else is a window of its own, which no run asks for.</summary>
    private static string WindowOf(string contactId) => contactId.Split('-')[0];
}

/// <summary>The replies of one window.</summary>
internal sealed class WindowReplies
{
    private readonly Lock _gate = new();
    private readonly List<DeliveredReply> _replies = [];
    private readonly HashSet<int> _answered = [];

    /// <summary>In order of arrival, as far as known.</summary>
    public IReadOnlyList<DeliveredReply> All
    {
        get
        {
            lock (_gate)
            {
                return [.. _replies];
            }
        }
    }

    /// <summary>Messages that some reply answers.</summary>
    public int Answered
    {
        get
        {
            lock (_gate)
            {
                return _answered.Count;
            }
        }
    }

    public void Add(DeliveredReply reply)
    {
        lock (_gate)
        {
            _replies.Add(reply);
            _answered.UnionWith(reply.Refs);
        }
    }
}
