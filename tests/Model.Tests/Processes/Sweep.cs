namespace EnterpriseHub.Model.Tests.Processes;

/// <summary>One round of a background service: looks, and begins what is due.</summary>
/// <param name="Name">For the trace.</param>
/// <param name="Run">Begins the due work by calling the second argument with a key, a turn and the work.</param>
internal sealed record Sweep(string Name, Func<IServiceProvider, BeginDue, Task> Run);

/// <summary>Begins a piece of due work unless this process is at it already.</summary>
internal delegate void BeginDue(string key, string? turnId, Func<Task> work);
