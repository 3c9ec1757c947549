using EnterpriseHub.WebhookGateway.GhlApi;

namespace EnterpriseHub.WebhookGateway.AuditDeliveries;

/// <summary>What an audit has seen so far.</summary>
internal sealed class Audit(AuditWindow window)
{
    private readonly HashSet<string> _judged = new(StringComparer.Ordinal);
    private readonly List<Finding> _findings = [];

    public AuditWindow Window { get; } = window;

    public IReadOnlyList<Finding> Findings => _findings;

    /// <summary>Outbound messages that were compared.</summary>
    public long Messages { get; private set; }

    public bool HasJudged(string turnId) => _judged.Contains(turnId);

    public int Count(string kind) => _findings.Count(one => one.Kind == kind);

    public void Read(IReadOnlyList<ListedMessage> listed, IReadOnlyList<LedgerRow> ledger, IEnumerable<Finding> found)
    {
        Messages += listed.Count(one => one.Outbound && Window.Holds(one.AddedAt));
        _judged.UnionWith(ledger.Select(row => row.TurnId));
        Add(found);
    }

    /// <summary>A conversation that is written in during the walk is met twice; what it told first stands.</summary>
    public void Add(IEnumerable<Finding> found) =>
        _findings.AddRange(found.Where(one => !_findings.Exists(known => (known.Kind, known.MessageId, known.TurnId) == (one.Kind, one.MessageId, one.TurnId))).ToList());
}
