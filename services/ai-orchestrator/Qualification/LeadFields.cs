namespace EnterpriseHub.AiOrchestrator.Qualification;

/// <summary>Names of the fields that are read from messages; also the keys of the location's field mapping.</summary>
internal static class LeadFields
{
    public const string Intent = "intent";
    public const string Address = "address";
    public const string Motivation = "motivation";
    public const string Destination = "destination";
    public const string Timeline = "timeline";
    public const string TimelineAccepted = "timeline_accepted";
    public const string Condition = "condition";
    public const string Price = "price";
    public const string Area = "area";
    public const string BudgetMin = "budget_min";
    public const string BudgetMax = "budget_max";
    public const string Bedrooms = "bedrooms";
    public const string Bathrooms = "bathrooms";
    public const string PropertyType = "property_type";
    public const string Financing = "financing";

    /// <summary>What the analysis may tell, in the order of its schema.</summary>
    public static readonly IReadOnlyList<string> Told =
    [
        Address, Motivation, Destination, Timeline, TimelineAccepted, Condition, Price,
        Area, BudgetMin, BudgetMax, Bedrooms, Bathrooms, PropertyType, Financing,
    ];

    /// <summary>Amounts of money: smaller ones are a misreading.</summary>
    public static readonly IReadOnlySet<string> Amounts = new HashSet<string>(StringComparer.Ordinal) { Price, BudgetMin, BudgetMax };

    public const long SmallestAmount = 10_000;
}
