using System.Text.RegularExpressions;

namespace EnterpriseHub.WebhookGateway.ReceiveGhlWebhook.Payload;

/// <summary>Cuts the mails before it off a mail: they were answered already, and their words are not the lead's.</summary>
internal static partial class QuotedHistory
{
    public static string Remove(string text)
    {
        var lines = text.ReplaceLineEndings("\n").Split('\n');
        var own = new List<string>();
        for (var index = 0; index < lines.Length; index++)
        {
            var line = lines[index].Trim();
            if (Starts(line, index + 1 < lines.Length ? lines[index + 1].Trim() : string.Empty))
            {
                break;
            }
            if (!line.StartsWith('>'))
            {
                own.Add(line);
            }
        }
        var rest = string.Join('\n', own).Trim();
        // A mail of nothing but quotes: rather too much than nothing.
        return rest.Length > 0 ? rest : text.Trim();
    }

    // Mail programs break "On … wrote:" over two lines.
    private static bool Starts(string line, string next) =>
        line.Length < 500 && (Attribution().IsMatch(line) || Divider().IsMatch(line)
            || (AttributionStart().IsMatch(line) && next.Length < 200 && AttributionEnd().IsMatch(next))
            || (HeaderFrom().IsMatch(line) && HeaderNext().IsMatch(next)));

    [GeneratedRegex(@"^(On|El|Am|Le)\b.*\b(wrote|escribió|escribio|schrieb|a écrit)\s*:$", RegexOptions.IgnoreCase, 200)]
    private static partial Regex Attribution();

    [GeneratedRegex(@"^(On|El)\b.*\d", RegexOptions.IgnoreCase, 200)]
    private static partial Regex AttributionStart();

    [GeneratedRegex(@"\b(wrote|escribió|escribio)\s*:$", RegexOptions.IgnoreCase, 200)]
    private static partial Regex AttributionEnd();

    [GeneratedRegex(@"^(-{2,}\s*(Original Message|Forwarded message|Mensaje original|Mensaje reenviado)\s*-{2,}|_{10,})$", RegexOptions.IgnoreCase, 200)]
    private static partial Regex Divider();

    [GeneratedRegex(@"^\*?(From|De):\*?\s+\S", RegexOptions.IgnoreCase, 200)]
    private static partial Regex HeaderFrom();

    [GeneratedRegex(@"^\*?(Sent|Date|To|Enviado|Fecha|Para):\*?\s+\S", RegexOptions.IgnoreCase, 200)]
    private static partial Regex HeaderNext();
}
