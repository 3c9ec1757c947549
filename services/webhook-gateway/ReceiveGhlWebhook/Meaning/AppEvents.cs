using EnterpriseHub.WebhookGateway.ReceiveGhlWebhook.Payload;

namespace EnterpriseHub.WebhookGateway.ReceiveGhlWebhook.Meaning;

/// <summary>The app itself: installed, taken out, plan changed.</summary>
internal static class AppEvents
{
    public static GhlEvent Install(GhlPayload payload, string type)
    {
        var install = GhlEvent.Of(payload, type);
        // An agency installs first and its locations follow, each with an event of its own.
        return install with { Meanings = install.LocationId.Length > 0 ? [new Installed(payload.Text("locationName") ?? payload.Text("companyName"))] : [] };
    }

    public static GhlEvent Uninstall(GhlPayload payload, string type)
    {
        var uninstall = GhlEvent.Of(payload, type);
        return uninstall.LocationId.Length > 0 || payload.Id("companyId") is not null
            ? uninstall with { Meanings = [new Uninstalled(payload.Id("companyId"))] }
            : uninstall;
    }

    public static GhlEvent PlanChange(GhlPayload payload, string type) => GhlEvent.Of(payload, type) with
    {
        Meanings = [new RecordChange("plan", "changed", payload.Id("newPlanId"), Facts.Of(payload, "currentPlanId", "newPlanId"))],
    };
}
