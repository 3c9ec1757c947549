using System.Text.Json;
using EnterpriseHub.Contracts.Crm;
using MassTransit;

namespace EnterpriseHub.WebhookGateway.PerformCrmActions;

/// <summary>Puts the contact's opportunity in a stage; what cannot be done now waits in the table for the sweep.</summary>
internal sealed class MoveOpportunityConsumer(PerformCrmAction perform) : IConsumer<MoveOpportunity>
{
    public Task Consume(ConsumeContext<MoveOpportunity> context)
    {
        var command = context.Message;
        var planned = new CrmAction
        {
            ActionId = command.ActionId,
            LocationId = command.LocationId,
            ContactId = command.ContactId,
            Action = CrmActionNames.MoveOpportunity,
            Command = JsonSerializer.Serialize(command, CrmCalls.Json),
            State = "planned",
            Attempts = 0,
        };
        return perform.RunAsync(command.ActionId, planned, context.CancellationToken);
    }
}
