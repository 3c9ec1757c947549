using EnterpriseHub.Platform.Storage;

namespace EnterpriseHub.WebhookGateway.Storage;

/// <summary>The gateway's schema: inbound events, the send ledger, locations, tokens, the contact mirror.</summary>
internal sealed class GatewayDatabase(StoreBackend backend) : ModuleDatabase(backend, "gateway");
