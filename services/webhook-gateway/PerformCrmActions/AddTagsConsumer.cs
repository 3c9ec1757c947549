using System.Text.Json;
using EnterpriseHub.Contracts.Crm;
using MassTransit;

namespace EnterpriseHub.WebhookGateway.PerformCrmActions;

/// <summary>Adds tags to a contact; what cannot be done now waits in the table for the sweep.</summary>
internal sealed class AddTagsConsumer(PerformCrmAction perform) : IConsumer<AddTags>
{
    public Task Consume(ConsumeContext<AddTags> context)
    {
        var command = context.Message;
        var planned = new CrmAction
        {
            ActionId = command.ActionId,
            LocationId = command.LocationId,
            ContactId = command.ContactId,
            Action = CrmActionNames.AddTags,
            Command = JsonSerializer.Serialize(command, CrmCalls.Json),
            State = "planned",
            Attempts = 0,
        };
        return perform.RunAsync(command.ActionId, planned, context.CancellationToken);
    }
}
