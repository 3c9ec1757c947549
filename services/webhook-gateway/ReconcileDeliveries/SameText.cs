using System.Net;
using System.Text;
using System.Text.RegularExpressions;

namespace EnterpriseHub.WebhookGateway.ReconcileDeliveries;

/// <summary>Knows a text again in GHL's list: mark-up, entities, white space and case may have been changed on the way.</summary>
internal static partial class SameText
{
    public static bool Is(string ours, string listed) => Bare(ours) == Bare(listed);

    private static string Bare(string text)
    {
        var plain = WebUtility.HtmlDecode(Tags().Replace(text, ""));
        var letters = new StringBuilder(plain.Length);
        foreach (var letter in plain.Where(letter => !char.IsWhiteSpace(letter) && !char.IsControl(letter)))
        {
            letters.Append(char.ToLowerInvariant(letter));
        }
        return letters.ToString();
    }

    [GeneratedRegex("</?[A-Za-z][^<>]{0,2000}>")]
    private static partial Regex Tags();
}
