using EnterpriseHub.AiOrchestrator.Qualification;
using EnterpriseHub.Contracts.Crm;

namespace EnterpriseHub.AiOrchestrator.ReplyToMessage;

/// <summary>What a turn changes in the CRM: commands that go out after the reply. A silent turn changes nothing.</summary>
internal static class CrmCommands
{
    private static readonly string[] Kinds = ["Seller", "Buyer", "Lead"];
    private static readonly string[] Levels = ["Hot", "Warm", "Cold"];

    public static IReadOnlyList<object> After(string turnId, Facts facts, Verdict verdict)
    {
        if (verdict.Decision is Decision.StaySilent && !verdict.OptOutRequested)
        {
            return [];
        }
        var handsOver = verdict.Decision is Decision.HandOver || verdict.OptOutRequested;
        var commands = new List<object>();
        var (add, remove) = TagChanges(facts, verdict, handsOver);
        if (remove.Count > 0)
        {
            commands.Add(new RemoveTags { ActionId = $"{turnId}:remove_tags", LocationId = Location(facts), ContactId = facts.Turn.ContactId, Tags = remove });
        }
        if (add.Count > 0)
        {
            commands.Add(new AddTags { ActionId = $"{turnId}:add_tags", LocationId = Location(facts), ContactId = facts.Turn.ContactId, Tags = add });
        }
        commands.AddRange(CustomFields(turnId, facts, verdict));
        if (verdict.Temperature != facts.Turn.TemperatureBefore)
        {
            commands.AddRange(OnNewTemperature(turnId, facts, verdict));
        }
        return commands;
    }

    private static (List<string> Add, List<string> Remove) TagChanges(Facts facts, Verdict verdict, bool handsOver)
    {
        var wanted = new List<string> { $"{verdict.Temperature}-{verdict.Mode}" };
        var unwanted = Kinds.SelectMany(kind => Levels.Select(level => $"{level}-{kind}")).Except(wanted).ToList();
        if (verdict.Decision is Decision.HandOver { Reason: "hot_lead" })
        {
            wanted.Add($"{verdict.Mode}-Qualified");
            unwanted.Add(Tags.NeedsQualifying);
        }
        if (handsOver)
        {
            wanted.Add(Tags.HumanFollowUp);
            wanted.Add(ActivationPolicy.OffTag(facts.Turn.Profile.Activation));
        }
        return (
            [.. wanted.Where(tag => !Tags.Has(facts.Contact.Tags, tag))],
            [.. facts.Contact.Tags.Where(tag => unwanted.Any(other => Tags.Normal(other) == Tags.Normal(tag)))]);
    }

    private static IEnumerable<object> CustomFields(string turnId, Facts facts, Verdict verdict)
    {
        var values = new Dictionary<string, string>(verdict.Qualification.ChangedSince(facts.Qualification), StringComparer.Ordinal);
        if (values.Keys.Any(key => key is LeadFields.BudgetMin or LeadFields.BudgetMax))
        {
            values["budget"] = string.Join('-', new[] { LeadFields.BudgetMin, LeadFields.BudgetMax }.Select(verdict.Qualification.Find).OfType<string>());
        }
        if (values.Count > 0)
        {
            values["answered"] = $"{QuestionCatalogue.Answered(verdict.Mode, verdict.Qualification)}/{QuestionCatalogue.Counted(verdict.Mode)}";
        }
        if (verdict.Temperature != facts.Turn.TemperatureBefore)
        {
            values["temperature"] = verdict.Temperature.Code();
        }
        var fields = facts.Turn.Profile.Crm.Fields.Where(map => values.ContainsKey(map.Key)).ToDictionary(map => map.Value, map => values[map.Key]);
        return fields.Count == 0
            ? []
            : [new SetCustomFields { ActionId = $"{turnId}:set_custom_fields", LocationId = Location(facts), ContactId = facts.Turn.ContactId, Fields = fields }];
    }

    private static IEnumerable<object> OnNewTemperature(string turnId, Facts facts, Verdict verdict)
    {
        var crm = facts.Turn.Profile.Crm;
        var temperature = verdict.Temperature.Code();
        if (crm.Workflows.TryGetValue(temperature, out var workflow) && !facts.Turn.Enrolled.Contains(workflow))
        {
            yield return new EnrollInWorkflow
            {
                ActionId = $"{turnId}:enroll_in_workflow", LocationId = Location(facts), ContactId = facts.Turn.ContactId, WorkflowId = workflow,
            };
        }
        if (crm.PipelineId is { } pipeline && crm.Stages.TryGetValue(temperature, out var stage))
        {
            yield return new MoveOpportunity
            {
                ActionId = $"{turnId}:move_opportunity", LocationId = Location(facts), ContactId = facts.Turn.ContactId,
                PipelineId = pipeline, StageId = stage,
                Name = $"{facts.Contact.FirstName?.Trim() ?? "Lead"} ({verdict.Mode.Code()})",
            };
        }
    }

    private static string Location(Facts facts) => facts.Turn.Key.LocationId;
}
