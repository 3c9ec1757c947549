using Microsoft.Extensions.Options;

namespace EnterpriseHub.Simulator.Control;

/// <summary>The rules in force; the first rule that fits and draws wins.</summary>
internal sealed class FaultBook(IOptions<SimulatorOptions> options)
{
    private readonly Lock gate = new();
    private Armed[] rules = [];

    public IReadOnlyList<FaultState> Current => [.. rules.Select(armed => new FaultState(armed.Rule, armed.Hits))];

    public void Replace(IReadOnlyList<FaultRule> wanted, int? seed)
    {
        var from = seed ?? options.Value.Seed;
        rules = [.. wanted.Select((rule, index) => new Armed(rule, from is { } number ? new Random(number + index) : new Random()))];
    }

    public FaultRule? Take(string upstream, string method, string path, string? locationId, string? purpose, bool shaping = false)
    {
        var armed = rules;
        if (armed.Length == 0)
        {
            return null;
        }
        lock (gate)
        {
            foreach (var one in armed)
            {
                if (one.Rule.IsShaping == shaping && one.Rule.Fits(upstream, method, path, locationId, purpose) && one.Draw())
                {
                    return one.Rule;
                }
            }
        }
        return null;
    }

    private sealed class Armed(FaultRule rule, Random random)
    {
        public FaultRule Rule { get; } = rule;

        public int Hits { get; private set; }

        public bool Draw()
        {
            if (Hits >= (Rule.Count ?? int.MaxValue) || random.NextDouble() >= Rule.Probability)
            {
                return false;
            }
            Hits++;
            return true;
        }
    }
}

/// <summary>A rule and how often it struck.</summary>
internal sealed record FaultState(FaultRule Rule, int Hits);
