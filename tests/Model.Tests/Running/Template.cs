using System.Text.Json;
using EnterpriseHub.AiOrchestrator.Storage;
using EnterpriseHub.Model.Tests.Ports;
using EnterpriseHub.Model.Tests.Processes;
using EnterpriseHub.Model.Tests.Scenarios;
using EnterpriseHub.Model.Tests.Scheduling;
using EnterpriseHub.WebhookGateway.ConnectLocation;
using EnterpriseHub.WebhookGateway.Storage;
using Microsoft.Extensions.DependencyInjection;

namespace EnterpriseHub.Model.Tests.Running;

/// <summary>Databases with their schema and one connected location, made once by the product itself.</summary>
internal static class Template
{
    private static readonly ModelStore Settling = Make("00:00:02");
    private static readonly ModelStore AtOnce = Make("00:00:00");

    public static ModelStore Of(bool settles) => settles ? Settling : AtOnce;

    private static ModelStore Make(string settleWindow)
    {
        var clock = new WorldClock();
        var store = new ModelStore(clock);
        var process = new Process("setup");
        var body = JsonSerializer.SerializeToElement(new
        {
            name = "Alta Loma", timeZone = "UTC", accessToken = "token-of-the-model", settleWindow, quietHours = (object?)null,
            activation = new { @default = "on" },
        });
        using var gateway = Composition.GatewayOf(new ProcessStore(store, null, process), clock.Of(process), new HttpClientHandler());
        using var orchestrator = Composition.OrchestratorOf(new ProcessStore(store, null, process), clock.Of(process), new HttpClientHandler());
        Done(gateway.GetRequiredService<GatewayDatabase>().MigrateAsync(CancellationToken.None));
        Done(orchestrator.GetRequiredService<OrchestratorDatabase>().MigrateAsync(CancellationToken.None));
        var save = gateway.GetRequiredService<SaveLocation>().PutAsync(Scenario.Location, body, CancellationToken.None);
        Done(save);
        store.Schema("gateway").ExecuteNonQuery("DELETE FROM outbox");
        return store;
    }

    /// <summary>Without a loop every port answers at once.</summary>
    private static void Done(Task task)
    {
        if (!task.IsCompletedSuccessfully)
        {
            throw new InvalidOperationException("The template was not made at once.", task.Exception);
        }
    }

    private static void ExecuteNonQuery(this ModelConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}
