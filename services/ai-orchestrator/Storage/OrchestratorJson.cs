using System.Text.Json;

namespace EnterpriseHub.AiOrchestrator.Storage;

/// <summary>How documents stand in TEXT columns.</summary>
internal static class OrchestratorJson
{
    public static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web);
}
