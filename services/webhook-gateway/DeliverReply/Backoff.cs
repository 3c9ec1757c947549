namespace EnterpriseHub.WebhookGateway.DeliverReply;

/// <summary>Waits that double: as long again as the trouble has lasted, between two bounds in seconds.</summary>
internal static class Backoff
{
    public static TimeSpan After(TimeSpan lasted, double shortest, double longest) =>
        TimeSpan.FromSeconds(Math.Clamp(lasted.TotalSeconds, shortest, longest));
}
