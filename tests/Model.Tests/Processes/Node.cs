using EnterpriseHub.Model.Tests.Scheduling;
using Microsoft.Extensions.DependencyInjection;

namespace EnterpriseHub.Model.Tests.Processes;

/// <summary>A process with its object graph. What fails in it is a finding: the model injects no exception that a consumer may let out.</summary>
internal sealed class Node(Loop loop, Process process, Role role, ServiceProvider services, List<string> findings)
{
    private readonly HashSet<string> _busy = new(StringComparer.Ordinal);
    private int _operations;

    public Process Process => process;

    public Role Role => role;

    public IServiceProvider Services => services;

    /// <summary>Begins an operation; <paramref name="ended"/> hears whether it went through.</summary>
    public void Start(Operation operation, Func<Task> work, Action<bool>? ended = null)
    {
        _operations++;
        loop.Start(process, operation, work, failure =>
        {
            _operations--;
            if (failure is not null)
            {
                findings.Add($"{process} let an exception out of '{operation.Name}': {failure}");
            }
            ended?.Invoke(failure is null);
        });
    }

    public void StartSweep(Sweep sweep) => Start(new Operation(sweep.Name), () => sweep.Run(services, Begin));

    public void Crash()
    {
        process.Crash();
        loop.Bury(process, _operations);
    }

    private void Begin(string key, string? turnId, Func<Task> work)
    {
        if (_busy.Add(key))
        {
            Start(new Operation(key, turnId), work, _ => _busy.Remove(key));
        }
    }
}
