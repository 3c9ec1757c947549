using System.Text.RegularExpressions;

namespace EnterpriseHub.Simulator.Claude.Reading;

/// <summary>What leads say about themselves, in English and Spanish.</summary>
internal static partial class Phrases
{
    private const RegexOptions Any = RegexOptions.IgnoreCase | RegexOptions.CultureInvariant;

    [GeneratedRegex(@"^\s*(?:stop|stopall|stop all|unsubscribe|cancel|end|quit|alto|parar|baja)\s*[.!]*\s*$|\b(?:stop|quit) (?:texting|messaging|contacting|calling)|\bremove me\b|\bunsubscribe\b|\b(?:do not|don'?t) (?:text|contact|message) me|\bno me (?:escriba|contacte|mande|llame)|\bleave me alone\b", Any | RegexOptions.Multiline)]
    public static partial Regex OptOut();

    [GeneratedRegex(@"\b(?:real|live|actual) (?:person|human|agent)\b|\b(?:speak|talk|chat) (?:to|with) (?:an?|the|your|some(?:one|body)|real|my)\b|\bhuman\b|\bcall me\b|\brepresentative\b|\bpersona real\b|\bhablar con (?:una?|alguien|un)\b|\bll[aá]m[ea]me\b", Any)]
    public static partial Regex Human();

    /// <summary>Matters that a person should answer.</summary>
    [GeneratedRegex(@"\b(?:lawyer|attorney|lawsuit|sue|legal|foreclos\w*|bankrupt\w*|probate|discriminat\w*|ridiculous|furious|abogado|demanda|embargo)\b", Any)]
    public static partial Regex Delicate();

    [GeneratedRegex(@"\b(?:schedule|book|set up|arrange|agendar|programar)\b|\bappointment\b|\bshowing\b|\bcome (?:by|see)\b|\btour\b|\bcita\b|\bvisitar?\b", Any)]
    public static partial Regex Appointment();

    [GeneratedRegex(@"\b(?:sell|selling|sale of my|list(?:ing)? my|cash offer|vender|vendo|vendiendo)\b|\boffer (?:for|on) my\b", Any)]
    public static partial Regex Sell();

    [GeneratedRegex(@"\b(?:buy|buying|purchase|house.?hunting|looking for an?|comprar|compro|comprando|busco|buscando|buscamos)\b", Any)]
    public static partial Regex Buy();

    [GeneratedRegex(@"[?¿]|^\s*(?:how|what|when|where|who|why|do you|can you|could you|is it|are you|cu[aá]nto|qu[eé]|c[oó]mo|d[oó]nde)\b", Any | RegexOptions.Multiline)]
    public static partial Regex Question();

    [GeneratedRegex(@"^\s*(?:hi|hello|hey|hola|good (?:morning|afternoon|evening)|buen[oa]s(?: (?:d[ií]as|tardes|noches))?)(?: there)?[\s!.,]*(?:[\p{L}]+)?[\s!.,]*$", Any)]
    public static partial Regex Greeting();

    [GeneratedRegex(@"\b(?:not interested|no thanks|no thank you|wrong number|no me interesa|no gracias)\b", Any)]
    public static partial Regex NotInterested();

    [GeneratedRegex(@"\b(?:angry|annoy\w*|frustrat\w*|terrible|scam|hate|stupid|waste|ridiculous|awful|leave me alone|estafa|harto|molest\w*|p[eé]simo)\b|\bstop (?:texting|messaging)", Any)]
    public static partial Regex Negative();

    [GeneratedRegex(@"\b(?:thanks|thank you|great|perfect|love|awesome|excited|wonderful|sounds good|gracias|perfecto|excelente|genial|encanta)\b", Any)]
    public static partial Regex Positive();

    [GeneratedRegex(@"\b(?:asap|urgent\w*|immediately|right away|as soon as possible|this week|today|tomorrow|foreclos\w*|quickly|cuanto antes|lo antes posible|ya mismo|hoy)\b", Any)]
    public static partial Regex Urgent();

    [GeneratedRegex(@"\b(?:no rush|no hurry|someday|just (?:looking|browsing|curious)|sin prisa|solo (?:miro|mirando))\b", Any)]
    public static partial Regex Relaxed();

    [GeneratedRegex(@"[¿¡ñ]|\b(?:hola|quiero|necesito|gracias|cu[aá]nto|vender|vendo|comprar|compro|busco|buscamos|estoy|estamos|nos gusta|cerca de|hasta|unos|mil|necesita|buen estado|ma[nñ]ana|es (?=\d)|tengo|tenemos|d[ií]as|meses|semanas|buen[oa]s|casa|nos mudamos|hered[eé]|efectivo|recamaras?|rec[aá]maras|dormitorios|habitaciones|porque|est[aá]|s[ií])\b", Any)]
    public static partial Regex Spanish();

    [GeneratedRegex(@"^\s*(?:yes|yeah|yep|yup|sure|ok|okay|absolutely|definitely|of course|that works|works for me|sounds good|s[ií]|claro|por supuesto|est[aá] bien)\b", Any)]
    public static partial Regex Yes();

    [GeneratedRegex(@"^\s*(?:no|nope|not really|not yet|can'?t|cannot|todav[ií]a no)\b", Any)]
    public static partial Regex No();

    [GeneratedRegex(@"\bref[\s:#]+(\d[\w-]*)", Any)]
    public static partial Regex Ref();
}
