namespace EnterpriseHub.AiOrchestrator.Qualification;

/// <summary>How ready a lead is.</summary>
internal enum Temperature
{
    Cold,
    Warm,
    Hot,
}

/// <summary>
/// The one definition of hot, warm and cold.
/// <list type="table">
/// <item><term>seller</term><description>hot: all 4 counted questions answered and the timeline accepted; warm: 3 answered</description></item>
/// <item><term>buyer</term><description>hot: all 5 counted questions answered and financing ready; warm: 2 answered</description></item>
/// <item><term>lead</term><description>always cold: nobody knows yet what they want</description></item>
/// </list>
/// </summary>
internal static class TemperaturePolicy
{
    private static readonly string[] NotReady = ["not", "no ", "none", "need", "n't", "sin ", "aún", "falta", "necesit"];
    private static readonly string[] Ready = ["pre", "cash", "approved", "contado", "efectivo", "aprob"];

    public static Temperature Of(Mode mode, QualificationState state)
    {
        var answered = QuestionCatalogue.Answered(mode, state);
        return mode switch
        {
            Mode.Seller when IsComplete(mode, state) && TimelineAccepted(state) => Temperature.Hot,
            Mode.Seller when answered >= 3 => Temperature.Warm,
            Mode.Buyer when IsComplete(mode, state) && FinancingReady(state) => Temperature.Hot,
            Mode.Buyer when answered >= 2 => Temperature.Warm,
            _ => Temperature.Cold,
        };
    }

    /// <summary>Every counted question is answered.</summary>
    public static bool IsComplete(Mode mode, QualificationState state) =>
        mode != Mode.Lead && QuestionCatalogue.Answered(mode, state) == QuestionCatalogue.Counted(mode);

    public static string Code(this Temperature temperature) => temperature.ToString().ToLowerInvariant();

    private static bool TimelineAccepted(QualificationState state) => state.Find(LeadFields.TimelineAccepted) == "yes";

    private static bool FinancingReady(QualificationState state)
    {
        var financing = (state.Find(LeadFields.Financing) ?? "").ToLowerInvariant() + " ";
        return Ready.Any(financing.Contains) && !NotReady.Any(financing.Contains);
    }
}
