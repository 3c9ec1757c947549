namespace EnterpriseHub.AiOrchestrator.Qualification;

/// <summary>The address first, then the seller's four questions.</summary>
internal static class SellerQuestions
{
    public static readonly IReadOnlyList<Question> All =
    [
        new("address",
            "What is the address of the property?",
            "¿Cuál es la dirección de la propiedad?",
            [LeadFields.Address], Counts: false),
        new("motivation",
            "What makes you think of selling, and where would you move to?",
            "¿Por qué quiere vender y a dónde se mudaría?",
            [LeadFields.Motivation]),
        new("timeline",
            "If our team sold your home within the next 30 to 45 days, would that work for you?",
            "Si nuestro equipo vendiera su casa en los próximos 30 a 45 días, ¿le convendría?",
            [LeadFields.TimelineAccepted, LeadFields.Timeline]),
        new("condition",
            "How would you describe the home, move-in ready or would it need some work?",
            "¿Cómo está la casa, lista para mudarse o necesita algunos arreglos?",
            [LeadFields.Condition]),
        new("price",
            "What price would make you feel good about selling?",
            "¿Con qué precio se sentiría bien al vender?",
            [LeadFields.Price]),
    ];
}
