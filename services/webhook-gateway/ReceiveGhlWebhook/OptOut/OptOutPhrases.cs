using System.Text.RegularExpressions;

namespace EnterpriseHub.WebhookGateway.ReceiveGhlWebhook.OptOut;

/// <summary>Requests inside a sentence. The sentence is plain words (see <see cref="PlainWords"/>).</summary>
internal static partial class OptOutPhrases
{
    public static bool IsRequest(string sentence)
    {
        var text = OurOwnNotice().Replace(sentence, " ");
        return ((StopMessages().IsMatch(text) || StopAtEnd().IsMatch(text)) && !NotToUs().IsMatch(text))
            || StopAtStart().IsMatch(text)
            || NeverContact().IsMatch(text) && !OnlyForNow().IsMatch(text) && !OtherWay().IsMatch(text)
            || NoMore().IsMatch(text)
            || OffTheList().IsMatch(text)
            || (Unsubscribe().IsMatch(text) && !NotToUs().IsMatch(text))
            || LeaveAlone().IsMatch(text)
            || (Spanish().IsMatch(text) && !OnlyForNowSpanish().IsMatch(text) && !OtherWaySpanish().IsMatch(text));
    }

    /// <summary>"Reply STOP to opt out" is our own small print, quoted.</summary>
    [GeneratedRegex(@"\b(?:reply|text|send|type|respond|responda|envie)\b(?: with)?(?: the word)? stop (?:to|para)\b(?: \w+){1,4}")]
    private static partial Regex OurOwnNotice();

    [GeneratedRegex(@"\b(?:stop|quit|cease|end|cancel|discontinue)(?: (?:all|any|the|these|this|your|my|with|sending|me|us|it|of|more|further|future|automated|getting|those|all of)){0,5} (?:texting|text|texts|messaging|messages|message|contacting|contact|emailing|emails|email|calling|calls|sms|bothering|harassing|spamming|spam|writing|reaching out|communications?|subscription|conversation|alerts|notifications|text messages)\b|\b(?:stop|quit) (?:sending|bugging|pestering|annoying)\b|\b(?:stop|quit)(?: de)? (?:mand|escrib|envi|llam|molest)\w+|\brevok(?:e|ing) (?:\w+ ){0,2}(?:consent|permission|authorization)\b")]
    private static partial Regex StopMessages();

    /// <summary>Somebody else stops, or nobody shall.</summary>
    [GeneratedRegex(@"\b(?:do not|did not|didnt|never|wont|will not|would not|did you|why did you) (?:ever )?(?:stop|quit|end|cancel|unsubscribe)\b|\bno need to stop\b|\b(?:never|did not|didnt) (?:ask|asked|told|tell|want|wanted) you to stop\b|\b(?:i|we|they|he|she) (?:will |had to )?(?:stop|quit)\b|\b(?:will|when do|when will) i stop\b|\bhave not unsubscribe\b")]
    private static partial Regex NotToUs();

    /// <summary>Said to us, whatever shall stop; the excepted words make it a place, a visit or a thing.</summary>
    [GeneratedRegex(@"^(?:please |just |hey |ok |omg |now )*(?:stop (?!by\b|at\b|in\b|over\b|off\b|on\b|and\b|to\b|for\b|near\b|here\b|there\b|along\b|before\b|after\b|around\b|between\b|through\b|where\b|when\b|is\b|was\b|sign|light|work|loss|start|date|motion)|quit (?:it|this|that|with|the \w+ing|\w+ing)\b)")]
    private static partial Regex StopAtStart();

    [GeneratedRegex(@"\b(?:do not|never|no longer|not to|must not|should not|quit|cannot) (?:ever |please |you ever )?(?:text|message|contact|call|email|write|write to|bother|sms|reach out|reach out to|send)(?: to)? (?:me|us|this number|my number|my phone|any more|again|ever)\b|\b(?:do not|no longer|not) (?:wish|want|care|like)(?: for you)? to (?:be (?:contacted|texted|messaged|called|emailed)|hear from you|(?:receive|get|see) (?:any |more |your |these |the |further |such |all )*(?:texts?|messages?|emails?|calls?|sms|communications?|alerts?|notifications?))\b|\b(?:do not|no longer) want (?:you (?:to )?(?:texting|contacting|messaging|calling|text|contact|message|call)|(?:any|any more|more|your|these|the) (?:\w+ )?(?:texts|messages|emails|calls|sms))\b|\b(?:do not contact|do not text|do not message|do not reach out)$")]
    private static partial Regex NeverContact();

    /// <summary>"This must stop", "I asked you to stop": the word ends the sentence and means our messages.</summary>
    [GeneratedRegex(@"\b(?:please|just|said|you to|this to|these to|it to|them to|texts to|messages to) stop(?: it| this| now| already| please| immediately)*$|\b(?:texts?|messages?|calls?|emails?|this|it|these)(?: \w+){0,2} (?:needs? to|has to|have to|must|should) (?:stop|end|cease)\b")]
    private static partial Regex StopAtEnd();

    /// <summary>A wish for another time, not for never.</summary>
    [GeneratedRegex(@"\b(?:before|until|till|between|after \d|after (?:nine|eight|ten|work)|at work|while|during|tonight|today|tomorrow|this (?:week|morning|afternoon|evening)|on (?:weekends|sundays?|saturdays?)|so (?:early|late)|right now|at night|unless|if)\b(?!.*\b(?:again|ever|any more)\b)")]
    private static partial Regex OnlyForNow();

    [GeneratedRegex(@"\bdo not call\b.*\b(?:text|email|message)\b|\b(?:text|email|message)\b.*\bdo not call\b|\bdo not (?:text|email|message)\b.*\b(?:call|email|text) me\b|\bdo not send (?:me|us) (?!any\b|more\b|messages\b|texts\b|emails\b|these\b|this\b|stuff\b|anything\b)\w+")]
    private static partial Regex OtherWay();

    [GeneratedRegex(@"\bno more (?:of )?(?:your |these |this |the )?(?:texts?|messages?|emails?|calls?|sms|contact|spam|communication)\b|\bnot consent\b|\b(?:withdraw|revoking|withdrawing) (?:my )?consent\b")]
    private static partial Regex NoMore();

    [GeneratedRegex(@"\b(?:remove|take|delete|drop|get|pull) (?:me|us|my (?:name|number|info|information|contact|phone|cell)(?: number| info)?|this number)(?: right)? (?:off|from|out)(?: of)? (?:\w+ ){0,3}(?:lists?|database|system|contacts|texts|messages|mailing|thread|crm|records|campaign|group)\b|\b(?:remove|delete|lose|erase|forget) (?:my|this) (?:phone |cell )?number\b|\bremove me$|\bdelete my (?:info|information|data|contact)\b|\b(?:take|get) me off(?: this| it| of this)?$")]
    private static partial Regex OffTheList();

    [GeneratedRegex(@"\bunsubscribe (?:me|us|please|from (?:this|these|your|all|the (?:list|texts|messages|emails))|my|this number)\b|\b(?:please|want to|wanna|like to|wish to|need to|do i|can i|how to|trying to|me) unsubscribe\b|^unsubscribe\b|\balready unsubscribed\b|\bunsubscribed already\b|\b(?:want to|wanna|like to|wish to|need to|please|do i|can i|how to|am|im|choose to|chose to|elect to|ask to|request to|decided to|going to|gonna|hereby) opt(?:ing)?(?: me)? out(?:$| (?:of|from) (?:all |any |these |this |your |the |receiving |future )*(?:texts?|messages?|emails?|calls?|sms|communications?|list|marketing|alerts?)\b)|\bopt (?:me |us )out\b|\bopt out (?:of|from) (?:all |any |these |this |your |receiving |future )+(?:texts?|messages?|emails?|calls?|sms|communications?|list|marketing|alerts?)\b|\bopt(?:ing)? out (?:of|from) (?:this|these|it|all this|everything)$|\bopt out please\b")]
    private static partial Regex Unsubscribe();

    [GeneratedRegex(@"\bleave (?:me|us) alone\b|\b(?:fuck|piss|buzz|bugger) off\b|\bgo away$|\bget lost$|\bcease and desist\b")]
    private static partial Regex LeaveAlone();

    [GeneratedRegex(@"\bno (?:me|nos) (?:vuelvan? a |vuelvas a |siga[ns]? )?(?:escrib\w+|mande[ns]?|mandar|mandando|envi\w+|contact\w+|llam\w+|molest\w+|texte\w+|mensaje\w+|marque[ns]?)\b|(?<!\bno )\b(?:deje[ns]?|deja|dejar|pare[ns]?|para|parar) de (?:escribir|ecribir|escrivir|mandar|enviar|textear|llamar|molestar|contactar|mensajear)\w*\b|\b(?:ya )?no (?:quiero|deseo|queremos) (?:recibir |que me manden |que me escriban )?(?:mas |sus |tus |estos |ningun |ningunos )*(?:mensajes?|textos?|correos?|llamadas?|sms)\b|\bno mas (?:mensajes?|textos?|texts?|messages?|correos?|emails?|llamadas?|sms)\b|(?<!\bno (?:\w+ )?)\b(?:dar|darme|deme|denme|dame|darnos|denos) de baja\b|\b(?:solicito|pido|quiero|deseo|exijo) (?:la|mi) baja\b|\b(?:quit|sac|borr|elimin|saqu)(?:e|en|a|ar|an|uen|ue)?(?:me|nos) de (?:\w+ ){0,2}(?:lista|base|sistema|contactos)\b|\b(?:quite|quita|quiten|borre|borra|borren|elimine|elimina|eliminen|eliminar|borrar|quitar) mi (?:numero|telefono|contacto|nombre)\b|\b(?:cancelar|cancela|cancele|cancelen|detener|deten|detenga|pare|paren|parar|alto|basta) (?:mi |la |los |sus |estos |tus |de |a |con |todos |tantos )*(?:suscrip[cs]ion|subscripcion|mensajes|textos|correos|llamadas|sms)\b|\bdej(?:e|a|en)(?:me|nos) en paz\b|\bdejame en paz\b")]
    private static partial Regex Spanish();

    [GeneratedRegex(@"\b(?:antes de|hasta|despues de|hoy|manana|esta (?:noche|semana|tarde)|en el trabajo|mientras|los domingos|por la noche|tan (?:tarde|temprano)|ahorita)\b(?!.*\b(?:nunca|jamas|mas)\b)")]
    private static partial Regex OnlyForNowSpanish();

    [GeneratedRegex(@"\bno (?:me|nos) (?:llam|marqu)\w+\b.*\b(?:mejor|prefiero|solo|pero)\b.*\b(?:mensajes?|textos?|texto|correo|whatsapp|escrib\w+)\b")]
    private static partial Regex OtherWaySpanish();
}
