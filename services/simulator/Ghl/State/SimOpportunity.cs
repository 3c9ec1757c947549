using System.Text.Json;
using EnterpriseHub.Simulator.Json;

namespace EnterpriseHub.Simulator.Ghl.State;

/// <summary>A deal of a contact.</summary>
internal sealed class SimOpportunity
{
    public required string Id { get; init; }

    public required string LocationId { get; init; }

    public required string ContactId { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset UpdatedAt { get; private set; }

    public string Name { get; private set; } = "";

    public string? PipelineId { get; private set; }

    public string? StageId { get; private set; }

    public string Status { get; private set; } = "open";

    public decimal MonetaryValue { get; private set; }

    public string? AssignedTo { get; private set; }

    public void Change(JsonElement body, DateTimeOffset now)
    {
        Name = body.Text("name") ?? Name;
        PipelineId = body.Text("pipelineId") ?? PipelineId;
        StageId = body.Text("pipelineStageId") ?? StageId;
        Status = body.Text("status") ?? Status;
        AssignedTo = body.Text("assignedTo") ?? AssignedTo;
        MonetaryValue = body.Member("monetaryValue") is { ValueKind: JsonValueKind.Number } value ? value.GetDecimal() : MonetaryValue;
        UpdatedAt = now;
    }

    public void Write(Utf8JsonWriter writer)
    {
        writer.WriteStartObject();
        writer.WriteString("id", Id);
        writer.WriteString("name", Name);
        writer.WriteNumber("monetaryValue", MonetaryValue);
        writer.WriteString("pipelineId", PipelineId);
        writer.WriteString("pipelineStageId", StageId ?? "stage-new-lead");
        writer.WriteString("assignedTo", AssignedTo);
        writer.WriteString("status", Status);
        writer.WriteString("contactId", ContactId);
        writer.WriteString("locationId", LocationId);
        writer.WriteString("createdAt", JsonText.Iso(CreatedAt));
        writer.WriteString("updatedAt", JsonText.Iso(UpdatedAt));
        writer.WriteEndObject();
    }
}
