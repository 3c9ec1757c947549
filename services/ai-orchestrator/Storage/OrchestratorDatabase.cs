using EnterpriseHub.Platform.Storage;

namespace EnterpriseHub.AiOrchestrator.Storage;

/// <summary>The orchestrator's schema: conversations with their lease, history, turns, qualification, model costs.</summary>
internal sealed class OrchestratorDatabase(StoreBackend backend) : ModuleDatabase(backend, "orchestrator");
