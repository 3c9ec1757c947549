using System.Text.RegularExpressions;

namespace EnterpriseHub.Simulator.Leads;

/// <summary>What a question of the bot is about.</summary>
internal static partial class Topics
{
    public static string? Of(string botText)
    {
        // The question is what follows the acknowledgement.
        var mark = botText.LastIndexOf('?');
        var from = mark < 0 ? 0 : botText.LastIndexOfAny(['.', '!', '?'], Math.Max(0, mark - 1)) + 1;
        var match = Asked().Match(mark < 0 ? botText : botText[from..(mark + 1)]);
        return match.Success ? match.Groups.Cast<Group>().Skip(1).First(group => group.Success).Name : null;
    }

    [GeneratedRegex(
        @"\b(?:(?<intent>buy\b.*\bsell|sell\b.*\bbuy|comprar\b.*\bvender)|(?<timeline>days|weeks|how soon|when|timeline|d[ií]as|cu[aá]ndo|plazo)|(?<financing>pre-?approv\w*|financ\w*|lender|paying cash|preaproba\w*|contado|cr[eé]dito)"
        + @"|(?<bedrooms>bed(?:room)?s?|rec[aá]maras?|habitaciones)|(?<budget>budget|price range|rango|spend|presupuesto)|(?<condition>condition|shape|describe|move-in|c[oó]mo est[aá]|arreglos|repairs?|updates?|estado|reparaciones)"
        + @"|(?<price>price|how much|number in mind|worth|precio|cu[aá]nto)|(?<address>address|direcci[oó]n|street)|(?<destination>where\b.*\bmov\w*|moving to|destination|a d[oó]nde)"
        + @"|(?<area>areas?|neighbou?rhoods?|part of town|where|zona)|(?<property_type>type of|kind of|tipo de)|(?<motivation>why|reason|raz[oó]n|por qu[eé]|makes you|motivat\w*|thinking|moving|mudar\w*|motivo|pensar)"
        + @"|(?<call>call|phone|talk|meet|showing|appointment|llamada|cita|hablar))",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Asked();
}
