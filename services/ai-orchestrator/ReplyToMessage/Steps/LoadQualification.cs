using System.Collections.Immutable;
using EnterpriseHub.AiOrchestrator.Qualification;
using EnterpriseHub.AiOrchestrator.Storage;

namespace EnterpriseHub.AiOrchestrator.ReplyToMessage.Steps;

/// <summary>Reads what is known of the lead.</summary>
internal sealed class LoadQualification(OrchestratorDatabase database)
{
    public Task<QualificationState> RunAsync(string locationId, string contactId, CancellationToken cancellation) =>
        database.ReadAsync(
            async session =>
            {
                var rows = await session.QueryAsync<Field>(
                    "SELECT field AS name, value FROM qualification WHERE location_id = @locationId AND contact_id = @contactId",
                    new { locationId, contactId });
                return new QualificationState(rows.ToImmutableSortedDictionary(row => row.Name, row => row.Value, StringComparer.Ordinal));
            },
            cancellation);

    private sealed record Field(string Name, string Value);
}
