namespace EnterpriseHub.AiOrchestrator.Qualification;

/// <summary>One question of a qualification flow.</summary>
/// <param name="Key">Name, as the model sees it in <c>asks</c>.</param>
/// <param name="English">Text for English speakers; one question mark.</param>
/// <param name="Spanish">Text for Spanish speakers.</param>
/// <param name="AnsweredBy">Any of these fields answers it.</param>
/// <param name="Counts">True when its answer counts towards the temperature.</param>
internal sealed record Question(string Key, string English, string Spanish, IReadOnlyList<string> AnsweredBy, bool Counts = true)
{
    public string In(Language language) => language == Language.Spanish ? Spanish : English;

    public bool IsAnswered(QualificationState state) => AnsweredBy.Any(state.Has);
}
