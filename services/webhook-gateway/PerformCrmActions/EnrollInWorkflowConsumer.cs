using System.Text.Json;
using EnterpriseHub.Contracts.Crm;
using MassTransit;

namespace EnterpriseHub.WebhookGateway.PerformCrmActions;

/// <summary>Enrols a contact in a workflow, once; what cannot be done now waits in the table for the sweep.</summary>
internal sealed class EnrollInWorkflowConsumer(PerformCrmAction perform) : IConsumer<EnrollInWorkflow>
{
    public Task Consume(ConsumeContext<EnrollInWorkflow> context)
    {
        var command = context.Message;
        var planned = new CrmAction
        {
            ActionId = command.ActionId,
            LocationId = command.LocationId,
            ContactId = command.ContactId,
            Action = CrmActionNames.EnrollInWorkflow,
            Command = JsonSerializer.Serialize(command, CrmCalls.Json),
            State = "planned",
            Attempts = 0,
        };
        return perform.RunAsync(command.ActionId, planned, context.CancellationToken);
    }
}
