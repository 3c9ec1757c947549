namespace EnterpriseHub.Model.Tests.Ports;

/// <summary>Something that GHL has before it, whether the caller still lives or not.</summary>
/// <param name="Name">For the trace.</param>
/// <param name="NotBefore">Time of the run from which it may happen.</param>
/// <param name="Latest">Time of the run by which it happens.</param>
/// <param name="Run">Does it.</param>
internal sealed record GhlWork(string Name, TimeSpan NotBefore, TimeSpan Latest, Action Run);
