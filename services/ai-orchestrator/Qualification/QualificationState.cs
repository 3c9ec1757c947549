using System.Collections.Immutable;

namespace EnterpriseHub.AiOrchestrator.Qualification;

/// <summary>What is known of a lead: field to value. A known field stays known until a newer value replaces it.</summary>
/// <param name="Known">Only fields with a value.</param>
internal sealed record QualificationState(ImmutableSortedDictionary<string, string> Known)
{
    public const int LongestValue = 200;

    public static readonly QualificationState Unknown =
        new(ImmutableSortedDictionary.Create<string, string>(StringComparer.Ordinal));

    public bool Has(string field) => Known.ContainsKey(field);

    public string? Find(string field) => Known.GetValueOrDefault(field);

    /// <summary>Merges what a message told; an empty value never erases a known one.</summary>
    public QualificationState With(IEnumerable<KeyValuePair<string, string>> told)
    {
        var known = Known.ToBuilder();
        foreach (var (field, value) in told)
        {
            var clean = value.Trim();
            if (clean.Length > 0)
            {
                known[field] = clean.Length <= LongestValue ? clean : clean[..LongestValue];
            }
        }
        return new QualificationState(known.ToImmutable());
    }

    /// <summary>Fields of which this differs from an earlier state.</summary>
    public IReadOnlyDictionary<string, string> ChangedSince(QualificationState before) => Known
        .Where(field => before.Find(field.Key) != field.Value)
        .ToDictionary(field => field.Key, field => field.Value, StringComparer.Ordinal);
}
