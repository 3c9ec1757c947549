namespace EnterpriseHub.Simulator.Tests;

/// <summary>Makes up no contacts; OAuth tokens live a second.</summary>
public sealed class StrictHost : SimulatorHost
{
    protected override string[] Settings =>
    [
        "--Simulator:CreateContacts=false", "--Simulator:AccessTokenSeconds=1", "--Simulator:Latency:Ghl:MinMs=0", "--Simulator:Latency:Ghl:MaxMs=0",
        "--Simulator:RateLimit:Max=3", "--Simulator:RateLimit:Daily=5", "--Simulator:RateLimit:IntervalMs=600000", "--Simulator:ClaudeRequestsPerMinute=1",
        "--Simulator:LedgerCapacity=1000",
    ];
}
