namespace EnterpriseHub.AiOrchestrator.Qualification;

/// <summary>What a buyer is asked: area first; the reason last, and it does not count.</summary>
internal static class BuyerQuestions
{
    public static readonly IReadOnlyList<Question> All =
    [
        new("area",
            "Which area would you like to live in?",
            "¿En qué zona le gustaría vivir?",
            [LeadFields.Area]),
        new("budget",
            "What price range do you have in mind?",
            "¿Qué rango de precio tiene en mente?",
            [LeadFields.BudgetMax, LeadFields.BudgetMin]),
        new("bedrooms",
            "How many bedrooms and bathrooms do you need?",
            "¿Cuántas recámaras y cuántos baños necesita?",
            [LeadFields.Bedrooms]),
        new("financing",
            "Are you already pre-approved with a lender, or would you pay cash?",
            "¿Ya tiene una preaprobación de un banco o pagaría de contado?",
            [LeadFields.Financing]),
        new("timeline",
            "When would you like to move?",
            "¿Cuándo le gustaría mudarse?",
            [LeadFields.Timeline, LeadFields.TimelineAccepted]),
        new("motivation",
            "What is the main reason for your move?",
            "¿Cuál es la razón principal de su mudanza?",
            [LeadFields.Motivation], Counts: false),
    ];
}
