using System.Text.Json;
using EnterpriseHub.Contracts.Crm;
using EnterpriseHub.WebhookGateway.GhlApi;

namespace EnterpriseHub.WebhookGateway.PerformCrmActions;

/// <summary>What GHL is asked for each action.</summary>
internal sealed class CrmCalls(LocationApi api)
{
    public static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    /// <summary>Why a command can never be done; null: it can.</summary>
    public static string? Fault(CrmAction action) => action.Action switch
    {
        CrmActionNames.AddTags => TagsFault(Read<AddTags>(action).Tags),
        CrmActionNames.RemoveTags => TagsFault(Read<RemoveTags>(action).Tags),
        CrmActionNames.SetCustomFields when Read<SetCustomFields>(action).Fields.Count == 0 => "no_fields",
        _ => null,
    };

    public Task<GhlResult<Done>> CallAsync(CrmAction action, RateDraw draw, CancellationToken cancellation) => action.Action switch
    {
        CrmActionNames.AddTags => OneAsync(action, ContactCalls.AddTags(action.ContactId, Read<AddTags>(action).Tags), draw, cancellation),
        CrmActionNames.RemoveTags => OneAsync(action, ContactCalls.RemoveTags(action.ContactId, Read<RemoveTags>(action).Tags), draw, cancellation),
        CrmActionNames.SetCustomFields => OneAsync(
            action, ContactCalls.SetCustomFields(action.ContactId, Read<SetCustomFields>(action).Fields), draw, cancellation),
        CrmActionNames.EnrollInWorkflow => OneAsync(
            action, ContactCalls.Enroll(action.ContactId, Read<EnrollInWorkflow>(action).WorkflowId), draw, cancellation),
        CrmActionNames.MoveOpportunity => MoveAsync(Read<MoveOpportunity>(action), draw, cancellation),
        _ => Task.FromResult(GhlResult<Done>.Not(GhlOutcome.Refused, "unknown_action")),
    };

    public static T Read<T>(CrmAction action) => JsonSerializer.Deserialize<T>(action.Command, Json)!;

    private Task<GhlResult<Done>> OneAsync(CrmAction action, GhlCall<Done> call, RateDraw draw, CancellationToken cancellation) =>
        api.CallDrawnAsync(action.LocationId, call, draw, cancellation);

    /// <summary>Looks before it writes, so that a repeat after an unknown outcome finds what the first one did.</summary>
    private async Task<GhlResult<Done>> MoveAsync(MoveOpportunity move, RateDraw draw, CancellationToken cancellation)
    {
        var found = await api.CallDrawnAsync(
            move.LocationId, OpportunityCalls.FindOpen(move.LocationId, move.ContactId, move.PipelineId), draw, cancellation);
        if (found.Value is null)
        {
            return new(found.Outcome, null, found.Reason, found.RetryAfter);
        }
        var open = found.Value.FirstOrDefault(one => one.StageId == move.StageId) ?? found.Value.FirstOrDefault();
        if (open?.StageId == move.StageId)
        {
            return GhlResult<Done>.Ok(Done.It);
        }
        var write = open is null
            ? OpportunityCalls.Upsert(move.LocationId, move.ContactId, move.PipelineId, move.StageId, move.Name)
            : OpportunityCalls.SetStage(open.Id, move.PipelineId, move.StageId);
        return await api.CallAsync(move.LocationId, write, DrawFor.Other, cancellation);
    }

    private static string? TagsFault(IReadOnlyList<string> tags) =>
        tags.Count is < 1 or > 20 || tags.Any(string.IsNullOrWhiteSpace) ? "tags_must_be_1_to_20" : null;
}
