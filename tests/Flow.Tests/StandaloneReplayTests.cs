using EnterpriseHub.TestKit.Specs;

namespace EnterpriseHub.Flow.Tests;

/// <summary>Replay in one process with embedded defaults.</summary>
public sealed class StandaloneReplayTests(RunningStandalone standalone) : ReplaySpecs(standalone.Hub), IClassFixture<RunningStandalone>;
