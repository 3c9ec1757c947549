namespace EnterpriseHub.Model.Tests.Scheduling;

/// <summary>What a process does on its own account: one consumption, one request, one piece of a sweep. Flows with the awaits.</summary>
/// <param name="Name">For the trace.</param>
/// <param name="TurnId">The turn whose reply it may send; null: none.</param>
internal sealed record Operation(string Name, string? TurnId = null)
{
    private static readonly AsyncLocal<Operation?> Flowing = new();

    public static Operation? Current
    {
        get => Flowing.Value;
        set => Flowing.Value = value;
    }
}
