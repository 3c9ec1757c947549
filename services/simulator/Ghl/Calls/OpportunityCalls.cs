using EnterpriseHub.Simulator.Ghl.State;
using EnterpriseHub.Simulator.Json;

namespace EnterpriseHub.Simulator.Ghl.Calls;

/// <summary>Opportunities and the one pipeline that every location has.</summary>
internal sealed class OpportunityCalls(TimeProvider time)
{
    private const int Kept = 100_000;
    private static readonly string[] Statuses = ["open", "won", "lost", "abandoned"];
    private static readonly string[] Stages = ["New lead", "Qualifying", "Hot", "Appointment", "Closed"];
    private readonly Lock gate = new();
    private readonly OrderedDictionary<string, SimOpportunity> all = [];

    public GhlAnswer Create(GhlCall call) => Refuse(call, "pipelineId", "locationId", "name", "status", "contactId") ?? GhlAnswer.Created(Show(Add(call), null));

    public GhlAnswer Upsert(GhlCall call)
    {
        if (Refuse(call, "pipelineId", "locationId", "contactId") is { } refusal)
        {
            return refusal;
        }
        SimOpportunity? known;
        lock (gate)
        {
            known = all.Values.FirstOrDefault(one => one.LocationId == call.LocationId && one.ContactId == call.Text("contactId") && one.PipelineId == call.Text("pipelineId"));
            known?.Change(call.Body, time.GetUtcNow());
        }
        return GhlAnswer.Ok(Show(known ?? Add(call), isNew: known is null));
    }

    public GhlAnswer Put(GhlCall call) => With(call, found => GhlAnswer.Ok(Show(found, null)));

    public GhlAnswer PutStatus(GhlCall call) => call.Text("status") is { } status && Statuses.Contains(status)
        ? With(call, _ => GhlAnswer.Ok(GhlAnswer.Succeded))
        : GhlAnswer.Unprocessable($"status must be one of the following values: {string.Join(", ", Statuses)}");

    public GhlAnswer Search(GhlCall call)
    {
        if (call.Query("location_id") is not { } locationId)
        {
            return GhlAnswer.Unprocessable("location_id should not be empty");
        }
        if (call.NamesOtherLocation(locationId))
        {
            return GhlCall.OtherLocation;
        }
        lock (gate)
        {
            var found = all.Values.Where(one => one.LocationId == locationId && Fits(call, "contact_id", one.ContactId)
                && Fits(call, "pipeline_id", one.PipelineId) && Fits(call, "status", one.Status)).Reverse().ToList();
            return GhlAnswer.Ok(JsonText.Object((found, limit: call.QueryNumber("limit", 20)), static (writer, given) =>
            {
                writer.WriteStartArray("opportunities");
                foreach (var one in given.found.Take(given.limit))
                {
                    one.Write(writer);
                }
                writer.WriteEndArray();
                writer.WriteStartObject("meta");
                writer.WriteNumber("total", given.found.Count);
                writer.WriteNumber("currentPage", 1);
                writer.WriteEndObject();
                writer.WriteString("traceId", SimIds.Uuid());
            }));
        }
    }

    public GhlAnswer Pipelines(GhlCall call) => call.NamesOtherLocation(call.Query("locationId")) ? GhlCall.OtherLocation
        : GhlAnswer.Ok(JsonText.Object(call.LocationId, static (writer, locationId) =>
        {
            writer.WriteStartArray("pipelines");
            writer.WriteStartObject();
            writer.WriteString("id", "pipeline-" + locationId);
            writer.WriteString("name", "Leads");
            writer.WriteStartArray("stages");
            foreach (var (index, stage) in Stages.Index())
            {
                writer.WriteStartObject();
                writer.WriteString("id", "stage-" + stage.ToLowerInvariant().Replace(' ', '-'));
                writer.WriteString("name", stage);
                writer.WriteNumber("position", index);
                writer.WriteEndObject();
            }
            writer.WriteEndArray();
            writer.WriteBoolean("showInFunnel", true);
            writer.WriteBoolean("showInPieChart", true);
            writer.WriteString("locationId", locationId);
            writer.WriteEndObject();
            writer.WriteEndArray();
            writer.WriteString("traceId", SimIds.Uuid());
        }));

    private static bool Fits(GhlCall call, string query, string? value) => call.Query(query) is not { Length: > 0 } wanted || wanted == "all" || wanted == value;

    private static GhlAnswer? Refuse(GhlCall call, params string[] required)
    {
        call.Entry.ContactId = call.Text("contactId");
        var missing = required.Where(name => call.Text(name) is not { Length: > 0 }).Select(name => $"{name} should not be empty").ToList();
        return missing.Count > 0 ? GhlAnswer.Unprocessable(missing) : call.NamesOtherLocation(call.Text("locationId")) ? GhlCall.OtherLocation : null;
    }

    private SimOpportunity Add(GhlCall call)
    {
        var made = new SimOpportunity { Id = SimIds.Ghl(), LocationId = call.LocationId, ContactId = call.Text("contactId")!, CreatedAt = time.GetUtcNow() };
        made.Change(call.Body, made.CreatedAt);
        lock (gate)
        {
            all[made.Id] = made;
            if (all.Count > Kept)
            {
                all.RemoveAt(0);
            }
        }
        return made;
    }

    private GhlAnswer With(GhlCall call, Func<SimOpportunity, GhlAnswer> answer)
    {
        var id = call.Route("opportunityId");
        lock (gate)
        {
            if (!all.TryGetValue(id, out var found))
            {
                return GhlAnswer.Error(400, $"Opportunity not found for id:{id}");
            }
            call.Entry.ContactId = found.ContactId;
            if (found.LocationId != call.LocationId)
            {
                return GhlCall.OtherLocation;
            }
            found.Change(call.Body, time.GetUtcNow());
            return answer(found);
        }
    }

    private static byte[] Show(SimOpportunity one, bool? isNew) => JsonText.Object((one, isNew), static (writer, given) =>
    {
        writer.WritePropertyName("opportunity");
        given.one.Write(writer);
        if (given.isNew is { } fresh)
        {
            writer.WriteBoolean("new", fresh);
        }
        writer.WriteString("traceId", SimIds.Uuid());
    });
}
