using EnterpriseHub.WebhookGateway.ReceiveGhlWebhook.OptOut;

namespace EnterpriseHub.WebhookGateway.Tests.ReceiveGhlWebhook;

public sealed class OptOutWordsTests
{
    public static TheoryData<string> Requests =>
    [
        // The seven words of the rule, alone, in any dress.
        "stop", "STOP", "Stop.", "STOP!!!", " stop ", "“Stop”", "stop 🛑", "🛑 STOP 🛑", "s t o p", "S.T.O.P.", "stopp", "Stoppp", "STOOOP", "st0p", "stpo", "sotp", "Stop\n", "quit", "QUIT!", "end", "End.",
        "revoke", "opt out", "opt-out", "OPT OUT", "optout", "Opt me out", "cancel", "CANCEL", "cancle", "unsubscribe", "Unsubscribe please", "unsubcribe", "unsuscribe", "unsubscibe", "UNSUB", "stopall", "STOP ALL", "end all",
        // With a word of manners or of rage.
        "please stop", "pls stop", "Stop please", "stop, thank you", "Hi, stop", "ok stop now", "just stop", "STOP IT", "stop this", "cancel please", "please cancel", "omg stop", "Stop. I have an agent.", "STOP, wrong person",
        "Stop! I already sold the house", "Not interested. Stop", "no thanks, stop", "stop i am not interested", "Please remove me", "Remove me",
        // Requests.
        "stop texting me", "Please stop texting me", "Quit texting me", "please quit texting me", "Stop txting me", "stop messaging me!!", "stop sending me texts", "Stop sending these messages", "can you stop texting me", "Could you please stop contacting me",
        "STOP CONTACTING ME", "stop calling me", "stop all messages", "Stop with the texts", "stop bothering me", "stop harassing me", "cease all communication", "stop spamming", "end these messages", "cancel these texts", "cancel my subscription",
        "Do not contact me", "do not contact me again", "Don't text me", "dont text me anymore", "don’t text me again", "Do not text this number", "never contact me again", "dnt txt me", "please don't message me", "I no longer want to receive these texts",
        "I don't want any more messages", "I do not want these texts", "I do not wish to be contacted", "no more texts", "No more messages please", "no more of these texts", "take me off your list", "Take me off of your list please", "TAKE ME OFF THIS LIST",
        "remove me from your list", "please remove me from the list", "remove my number", "Remove my number from your database", "delete my number", "lose my number", "Get me off your mailing list", "take my name off your list", "unsubscribe me", "I want to unsubscribe",
        "how do I unsubscribe?", "I want to opt out", "I'd like to opt out of these texts", "opt me out please", "please opt me out of all messages", "I revoke my consent", "revoke consent", "leave me alone", "Leave me alone!!", "fuck off", "cease and desist",
        // Spanish.
        "parar", "PARE", "alto", "ALTO!", "cancelar", "cancela", "baja", "BAJA", "dar de baja", "darme de baja", "Deme de baja por favor", "quiero darme de baja", "basta", "no más", "No me escriban", "no me escriban más", "no me escriba", "no me mandes mensajes",
        "No me manden más mensajes", "por favor no me mande mensajes", "no me envíen mensajes", "No me contacten", "no me llamen más", "ya no quiero mensajes", "Ya no quiero recibir mensajes", "no quiero más mensajes", "deja de escribirme", "dejen de mandarme mensajes",
        "Deje de llamarme", "paren de escribirme", "quítenme de la lista", "Bórreme de su lista", "elimine mi número", "no más mensajes", "cancelar suscripción", "alto a los mensajes", "déjenme en paz", "no me molesten", "no me vuelvan a escribir", "desuscribirme",
    ];

    public static TheoryData<string> OtherTexts =>
    [
        "", "👍", "ok", "Can I stop by Saturday?", "can we stop by the house tomorrow", "I'll stop by at 5", "cancel my 3pm showing", "Please cancel the appointment", "Can you cancel our tour on Friday?", "I need to cancel tomorrow's viewing",
        "end of the month", "We want to move by the end of the month", "by the end of summer", "weekend works", "this weekend", "is there a bus stop nearby", "How far is the bus stop?", "non-stop flights", "the stoop needs repair", "There is a stop sign at the corner",
        "no more than 600k", "We can pay no more than 600k", "no more than 3 bedrooms", "I quit my job last month so I need a smaller place", "my tenant quit paying", "We had to stop looking for a while", "I stopped looking", "Did you stop texting me?", "why did you stop texting me",
        "don't stop sending me listings", "please do not stop sending listings", "never stop texting lol", "We want to end our lease in May", "The lease ends in June", "dead end street?", "Is it at the end of the road", "I want to end up near the beach", "west end", "high end kitchen",
        "Can the seller revoke the offer?", "they revoked the permit", "Can we opt out of the HOA?", "is there an opt out clause", "I'd like to opt out of the inspection contingency", "cancel culture is wild", "will the seller cancel the contract",
        "don't call me before 9am", "don't text me until Monday", "Please don't call, text me instead", "do not call me at work", "dont text me tonight, tomorrow is better", "Do not contact the tenant", "please do not contact my lender yet", "I don't want a condo", "I do not want to receive offers under 500k... what should I ask?",
        "take the sign off the lawn", "take me off guard", "remove the carpet", "Could you remove the old fence from the listing photos?", "the list price is too high", "put me on your list", "stop and go traffic is bad there", "We stop work at 5", "full stop", "start", "Yes", "no", "No thanks", "not interested in condos",
        "what time does the open house end?", "When does my listing agreement end", "stopping by later", "backend developer", "I am a cancer survivor", "Cancun", "spend", "I'll send it", "the area", "offer", "Reply STOP to opt out?", "What does reply STOP to unsubscribe mean", "who is this", "wrong number",
        "I can stop at 400k", "where do we stop in the negotiation", "pit stop", "one stop shop", "They will not stop calling the plumber", "texting is best", "send me more messages with listings", "call me", "text me", "contact me at 5", "no more questions", "no more snow here!", "leave me a message", "leave me your number",
        "¿Puedo parar por la casa el sábado?", "para una casa de tres cuartos", "es para mi mamá", "planta baja", "busco planta baja", "precio muy alto", "el precio está alto", "techo alto", "cancelar la cita de mañana", "cancela mi cita por favor", "la baja de precio", "Bajaron el precio?", "no me llame antes de las 9", "No me escriba hoy, mañana sí",
        "no quiero una casa grande", "no más de 600 mil", "quiero más mensajes con fotos", "gracias", "fin de semana", "al final del mes", "a fin de mes", "¿Me puede llamar?", "mándeme más fotos", "¿La casa es de baja altura?",
    ];

    [Theory]
    [MemberData(nameof(Requests))]
    public void A_request_to_stop(string text) => Assert.True(OptOutWords.IsOptOut(text));

    [Theory]
    [MemberData(nameof(OtherTexts))]
    public void No_request_to_stop(string text) => Assert.False(OptOutWords.IsOptOut(text));

    [Theory]
    [InlineData("START", true)]
    [InlineData("start!", true)]
    [InlineData("Unstop", true)]
    [InlineData("INICIAR", true)]
    [InlineData("start over", false)]
    [InlineData("When can we start?", false)]
    [InlineData("start. now", false)]
    [InlineData("", false)]
    public void Opt_in_is_a_word_alone(string text, bool expected) => Assert.Equal(expected, OptOutWords.IsOptIn(text));

    [Theory]
    [InlineData("Unsubscribe", true)]
    [InlineData("STOP", true)]
    [InlineData("Re: Unsubscribe", false)]
    [InlineData("Fwd: stop", false)]
    [InlineData("Roof quote", false)]
    [InlineData(null, false)]
    public void The_subject_of_a_new_mail_counts(string? subject, bool expected) => Assert.Equal(expected, OptOutWords.IsSubjectOptOut(subject));

    [Fact]
    public void Endless_text_takes_no_endless_time()
    {
        Assert.False(OptOutWords.IsOptOut(string.Concat(Enumerable.Repeat("do not want to the these all ", 140))));
        Assert.False(OptOutWords.IsOptOut(new string('s', 4000)));
        Assert.True(OptOutWords.IsOptOut(string.Concat(Enumerable.Repeat("bla ", 900)) + ". Stop texting me"));
    }
}
