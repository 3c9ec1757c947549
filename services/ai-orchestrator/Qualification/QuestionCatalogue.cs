namespace EnterpriseHub.AiOrchestrator.Qualification;

/// <summary>The questions of each mode, in the order in which they are asked.</summary>
internal static class QuestionCatalogue
{
    /// <summary>A question is asked twice at most; then the conversation moves on.</summary>
    public const int MostAsked = 2;

    private static readonly IReadOnlyList<Question> Lead =
    [
        new("intent", "Are you looking to buy a home or to sell one?", "¿Busca comprar una casa o vender una?", [LeadFields.Intent]),
    ];

    /// <summary>Every question of a mode.</summary>
    public static IReadOnlyList<Question> Of(Mode mode) => mode switch
    {
        Mode.Seller => SellerQuestions.All,
        Mode.Buyer => BuyerQuestions.All,
        _ => Lead,
    };

    public static IReadOnlyList<string> Keys { get; } =
        [.. SellerQuestions.All.Concat(BuyerQuestions.All).Concat(Lead).Select(question => question.Key).Distinct()];

    /// <summary>What is still open, in order: not answered and not yet asked twice.</summary>
    public static IReadOnlyList<Question> Open(Mode mode, QualificationState state, IReadOnlyDictionary<string, int> asked) =>
        [.. Of(mode).Where(question => !question.IsAnswered(state) && asked.GetValueOrDefault(question.Key) < MostAsked)];

    public static int Counted(Mode mode) => Of(mode).Count(question => question.Counts);

    public static int Answered(Mode mode, QualificationState state) =>
        mode == Mode.Lead ? 0 : Of(mode).Count(question => question.Counts && question.IsAnswered(state));
}
