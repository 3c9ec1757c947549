using System.Text.Json;
using EnterpriseHub.Contracts.Crm;
using MassTransit;

namespace EnterpriseHub.WebhookGateway.PerformCrmActions;

/// <summary>Writes custom fields of a contact; what cannot be done now waits in the table for the sweep.</summary>
internal sealed class SetCustomFieldsConsumer(PerformCrmAction perform) : IConsumer<SetCustomFields>
{
    public Task Consume(ConsumeContext<SetCustomFields> context)
    {
        var command = context.Message;
        var planned = new CrmAction
        {
            ActionId = command.ActionId,
            LocationId = command.LocationId,
            ContactId = command.ContactId,
            Action = CrmActionNames.SetCustomFields,
            Command = JsonSerializer.Serialize(command, CrmCalls.Json),
            State = "planned",
            Attempts = 0,
        };
        return perform.RunAsync(command.ActionId, planned, context.CancellationToken);
    }
}
