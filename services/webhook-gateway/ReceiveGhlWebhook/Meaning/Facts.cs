using EnterpriseHub.WebhookGateway.ReceiveGhlWebhook.Payload;

namespace EnterpriseHub.WebhookGateway.ReceiveGhlWebhook.Meaning;

/// <summary>Small facts of a record: ids, numbers, states, times. Free text has no place here.</summary>
internal static class Facts
{
    private const int Longest = 100;

    public static Dictionary<string, string> Of(GhlPayload payload, params ReadOnlySpan<string> names)
    {
        var facts = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var name in names)
        {
            if (payload.Text(name) is { Length: > 0 and <= Longest } value)
            {
                facts[name] = value;
            }
        }
        return facts;
    }

    public static Dictionary<string, string> Of(params ReadOnlySpan<(string Name, string? Value)> pairs)
    {
        var facts = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (name, value) in pairs)
        {
            if (value is { Length: > 0 and <= Longest })
            {
                facts[name] = value;
            }
        }
        return facts;
    }
}
