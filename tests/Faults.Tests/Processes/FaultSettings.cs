namespace EnterpriseHub.Faults.Tests.Processes;

/// <summary>Settings that make waiting short in fault runs; nothing that a promise rests on is switched off.</summary>
internal static class FaultSettings
{
    /// <summary>Seals the tokens; must never be seen in a log.</summary>
    public static readonly string MasterKey = Convert.ToBase64String([.. Enumerable.Range(0, 32).Select(number => (byte)(number * 7))]);

    public static readonly IReadOnlyDictionary<string, string> ShortWaits = new Dictionary<string, string>
    {
        ["Simulator__Latency__Analysis__MinMs"] = "10", ["Simulator__Latency__Analysis__MaxMs"] = "30",
        ["Simulator__Latency__Draft__MinMs"] = "10", ["Simulator__Latency__Draft__MaxMs"] = "30",
        ["Simulator__Latency__Ghl__MinMs"] = "2", ["Simulator__Latency__Ghl__MaxMs"] = "8",
        ["Ghl__AnswerTimeout"] = "00:00:02", ["Delivery__ClaimLifetime"] = "00:00:00.5", ["Delivery__SendingTimeout"] = "00:00:03", ["Delivery__CrmLease"] = "00:00:05",
        ["Delivery__ReconcileSchedule__0"] = "00:00:00.5", ["Delivery__ReconcileSchedule__1"] = "00:00:01", ["Delivery__ReconcileSchedule__2"] = "00:00:02",
        ["Orchestrator__Lease"] = "00:00:05", ["Orchestrator__RingPendingAfter"] = "00:00:04",
        ["Orchestrator__Backoff__0"] = "00:00:00.5", ["Orchestrator__Backoff__1"] = "00:00:01", ["Orchestrator__Backoff__2"] = "00:00:02",
        ["Claude__Deadline"] = "00:00:04", ["Claude__BreakFor"] = "00:00:01",
        ["Bus__RestartAfter"] = "00:00:40",
        ["Gateway__PollEvery"] = "00:00:00", ["Gateway__ReviewLease"] = "00:00:08",
        ["Gateway__RingAgainAfter"] = "00:00:03",
        ["RateLimit__PerMinute"] = "1000000",
        ["Claude__ApiKey"] = "sim-claude-key-4711",
        ["Logging__LogLevel__Default"] = "Warning", ["Logging__LogLevel__EnterpriseHub"] = "Information",
    };
}
