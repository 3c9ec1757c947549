namespace EnterpriseHub.Model.Tests.Scheduling;

/// <summary>A process of the product: what it awaits dies with it, and stands still while it stands still.</summary>
internal sealed class Process(string name)
{
    public string Name => name;

    public bool Alive { get; private set; } = true;

    /// <summary>Stopped as by SIGSTOP until this moment of the world; null: it runs.</summary>
    public TimeSpan? FrozenUntil { get; set; }

    /// <summary>How far its wall clock is off. Its monotonic clock and the store's are right.</summary>
    public TimeSpan Skew { get; set; }

    public bool Runs => Alive && FrozenUntil is null;

    public void Crash() => Alive = false;

    public override string ToString() => name;
}
