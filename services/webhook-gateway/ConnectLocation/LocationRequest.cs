using System.Text.Json;
using EnterpriseHub.Contracts.Conversations;

namespace EnterpriseHub.WebhookGateway.ConnectLocation;

/// <summary>Checks a location's settings and lays them over what is stored; what is left out stays.</summary>
internal static class LocationRequest
{
    /// <returns>The change, or what is wrong by member path.</returns>
    public static (LocationChange? Change, Dictionary<string, string[]> Errors) Read(JsonElement body, LocationDocument stored)
    {
        var errors = new Dictionary<string, string[]>(StringComparer.Ordinal);
        if (body.ValueKind != JsonValueKind.Object)
        {
            errors["$"] = ["must be a JSON object"];
            return (null, errors);
        }
        var reader = new SettingsReader(body, string.Empty, errors);
        var profile = stored.Profile;
        var change = new LocationChange(
            new LocationDocument
            {
                Profile = new LocationProfile
                {
                    Name = reader.Text("name", profile.Name, 100),
                    TimeZone = reader.Zone("timeZone", profile.TimeZone),
                    Tone = reader.Text("tone", profile.Tone, 200),
                    SettleWindow = reader.Duration("settleWindow", profile.SettleWindow, TimeSpan.FromSeconds(60)),
                    Activation = Activation(reader, profile.Activation),
                    DailyBudgetUsd = reader.Amount("dailyBudgetUsd", profile.DailyBudgetUsd, 10_000m),
                    Crm = Crm(reader.Object("crm"), profile.Crm),
                },
                QuietHours = QuietHours(reader, stored.QuietHours),
            },
            reader.Secret("accessToken", 1),
            reader.Secret("workflowSecret", 16));
        reader.RefuseOthers();
        return errors.Count == 0 ? (change, errors) : (null, errors);
    }

    private static ActivationRules Activation(SettingsReader outer, ActivationRules stored)
    {
        // Seller and buyer tags are taken beside the activation too: that is where people look for them.
        var seller = outer.Texts("sellerTags", stored.SellerTags);
        var buyer = outer.Texts("buyerTags", stored.BuyerTags);
        if (outer.Object("activation") is not { } reader)
        {
            return stored with { SellerTags = seller, BuyerTags = buyer };
        }
        var rules = new ActivationRules
        {
            Default = reader.OneOf("default", stored.Default, "on", "off"),
            OnTags = reader.Texts("onTags", stored.OnTags),
            OffTags = reader.Texts("offTags", stored.OffTags),
            SellerTags = reader.Texts("sellerTags", seller),
            BuyerTags = reader.Texts("buyerTags", buyer),
        };
        reader.RefuseOthers();
        return rules;
    }

    private static CrmMapping Crm(SettingsReader? reader, CrmMapping stored)
    {
        if (reader is null)
        {
            return stored;
        }
        var mapping = new CrmMapping
        {
            Fields = reader.Map("fields", stored.Fields),
            Workflows = reader.Map("workflows", stored.Workflows),
            PipelineId = reader.IsNull("pipelineId") ? null : reader.Text("pipelineId", stored.PipelineId ?? string.Empty, 100) is { Length: > 0 } pipeline ? pipeline : null,
            Stages = reader.Map("stages", stored.Stages),
        };
        reader.RefuseOthers();
        return mapping;
    }

    private static QuietHours? QuietHours(SettingsReader outer, QuietHours? stored)
    {
        if (outer.IsNull("quietHours"))
        {
            return null;
        }
        if (outer.Object("quietHours") is not { } reader)
        {
            return stored;
        }
        var (from, to) = (reader.Clock("from"), reader.Clock("to"));
        reader.RefuseOthers();
        return from is { } start && to is { } end ? new QuietHours(start, end) : stored;
    }
}
