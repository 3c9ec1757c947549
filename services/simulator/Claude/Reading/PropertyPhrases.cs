using System.Text.RegularExpressions;

namespace EnterpriseHub.Simulator.Claude.Reading;

/// <summary>What leads say about property, money and time, in English and Spanish.</summary>
internal static partial class PropertyPhrases
{
    private const RegexOptions Any = RegexOptions.IgnoreCase | RegexOptions.CultureInvariant;
    private const string Count = @"(\d{1,2}|one|two|three|four|five|six|una?|dos|tres|cuatro|cinco|seis)";

    [GeneratedRegex(@"\b(?:because|since|due to|porque|ya que)\b\s+([^.!?\n]{3,100})|\b((?:we|i)(?:'re| are|'m| am)? (?:just )?(?:relocat|moving|downsiz|divorc|retir|upsiz|inherit)[^.!?,\n]{0,80})|\b((?:new job|job (?:change|transfer|offer)|divorce|foreclosure|inherited|inheritance|downsizing|retiring|retirement|relocation|growing family|new baby|passed away|behind on payments|herenc\w*|hered[eé]\w*|divorcio|nuevo trabajo|jubil\w*|me mudo|nos mudamos)[^.!?,\n]{0,60})", Any)]
    public static partial Regex Motivation();

    [GeneratedRegex(@"\b(?:mov(?:e|ing)|relocat(?:e|ing)|me mudo|nos mudamos|mudar(?:me|nos))\s+(?:back\s+)?(?:to|a)\s+(\p{Lu}[\p{L}'.]*(?:\s+\p{Lu}[\p{L}'.]*){0,2})")]
    public static partial Regex Destination();

    [GeneratedRegex(@"(\d{1,3})(?:\s*(?:-|–|to|or|a|o)\s*(\d{1,3}))?\s*(days?|weeks?|months?|years?|d[ií]as?|semanas?|mes(?:es)?|a[nñ]os?)\b", Any)]
    public static partial Regex Duration();

    [GeneratedRegex(@"\b(?:asap|right away|immediately|as soon as possible|this (?:week|month|summer|fall|winter|spring|year)|next (?:week|month|summer|fall|winter|spring|year)|no rush|cuanto antes|lo antes posible|este mes|el pr[oó]ximo mes|sin prisa)\b", Any)]
    public static partial Regex When();

    [GeneratedRegex(@"\bmove.?in ready|\bturn.?key|\bneeds? (?:some |a lot of |a little |a bit of )?(?:work|repairs?|updat\w*|tlc)|\bneeds? (?:a )?new \w+|\bfixer(?:.upper)?|\b(?:good|great|excellent|fair|poor|bad|rough|perfect) (?:condition|shape)|\b(?:recently |fully )?(?:renovated|remodeled|updated)\b|\bdated\b|\b(?:buen|mal|excelente) estado|\bnecesita \w+|\bremodelad[ao]", Any)]
    public static partial Regex Condition();

    [GeneratedRegex(@"(\$\s?)?(\d{1,3}(?:,\d{3})+|\d+(?:\.\d+)?)\s?(k\b|m\b|mil\b|million\b|millones\b|thousand\b)?", Any)]
    public static partial Regex Money();

    [GeneratedRegex(@"\b(\d{1,6}\s+(?:[NSEW]\.?\s+)?(?:[\p{Lu}\d][\p{L}\d']*\s+){1,3}(?:St|Street|Ave|Avenue|Rd|Road|Dr|Drive|Ln|Lane|Blvd|Boulevard|Way|Ct|Court|Pl|Place|Ter|Terrace|Cir|Circle|Hwy)\b|Calle\s+\p{Lu}[\p{L}]*\s+\d{1,5})")]
    public static partial Regex Address();

    [GeneratedRegex(@"\b(?:in|near|around|close to|cerca de|en|por)\s+((?!January|February|March|April|May|June|July|August|September|October|November|December|Spanish|English|Enero|I\b)\p{Lu}[\p{L}']+(?:\s+\p{Lu}[\p{L}']+){0,2})|\b(downtown)\b")]
    public static partial Regex Area();

    [GeneratedRegex(Count + @"[\s-]*(?:bed(?:room)?s?|brs?|bd|rec[aá]maras?|habitaciones|cuartos|dormitorios)\b", Any)]
    public static partial Regex Bedrooms();

    [GeneratedRegex(Count + @"[\s-]*(?:bath(?:room)?s?|ba|ba[nñ]os?)\b", Any)]
    public static partial Regex Bathrooms();

    [GeneratedRegex(@"\b(?<p>pre.?approved|pre.?approval|pre.?aprobad\w*)|\b(?<c>(?:all |in |paying |pay )cash|cash buyer|efectivo|de contado|^cash)\b|\b(?<m>conventional|fha|va loan|mortgage|loan|lender|financing|hipoteca|financiamiento)\b", Any)]
    public static partial Regex Financing();

    [GeneratedRegex(@"\b(?<condo>condo\w*)|\b(?<townhouse>town.?(?:house|home)s?)|\b(?<multi_family>duplex|triplex|multi.?family)|\b(?<land>land|vacant lot|terreno)\b|\b(?<apartment>apartment|apartamento|departamento)\b|\b(?<house>single.?family|house|casa|home)\b", Any)]
    public static partial Regex PropertyType();

    [GeneratedRegex(@"\b(?<price>too (?:low|high|expensive)|lowball|muy (?:bajo|caro))|\b(?<commission>commissions?|fees?|comisi[oó]n)\b|\b(?<timing>not ready|think about it|need to think|maybe later|too soon|m[aá]s tarde)|\b(?<has_agent>(?:already )?(?:have|working with|got) (?:an? )?(?:agent|realtor)|ya tengo agente)|\b(?<trust>scam|legit|trust|estafa)\b", Any)]
    public static partial Regex Objections();
}
