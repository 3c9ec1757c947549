namespace EnterpriseHub.Simulator.Claude.Schemas;

/// <summary>What the answerer knows, asked by property name while a schema is filled.</summary>
internal interface IAnswerSource
{
    /// <summary>The value of a property: string, bool, quantity, or a list of strings; null when it is not known.</summary>
    object? Find(string property);

    /// <summary>Known facts as pairs, for lists of <c>{key, value}</c>.</summary>
    IReadOnlyList<(string Key, object Value)> Pairs { get; }

    /// <summary>Words to try, best first, when one of a list must be chosen for a value.</summary>
    IEnumerable<string> Candidates(string property, object value);
}

/// <summary>A number and how a person would say it.</summary>
internal sealed record Quantity(decimal Number, string Text)
{
    public override string ToString() => Text;
}
