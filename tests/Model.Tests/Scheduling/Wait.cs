namespace EnterpriseHub.Model.Tests.Scheduling;

/// <summary>A port call that the loop holds. Completed, what awaited it runs on the loop's own thread until the next one.</summary>
internal sealed class Wait(Process owner, string what, string operation)
{
    // Without RunContinuationsAsynchronously, on purpose.
    private readonly TaskCompletionSource _source = new();

    public Process Owner => owner;

    /// <summary>Kind of the port call; faults are aimed at these.</summary>
    public string What => what;

    public string Operation => operation;

    public Task Task => _source.Task;

    public void Complete() => _source.SetResult();
}
