namespace EnterpriseHub.LoadTests.Floor;

/// <summary>One bare operation that the product cannot do without.</summary>
internal interface IStageFloor : IAsyncDisposable
{
    /// <summary>As the report names it.</summary>
    string Name { get; }

    /// <summary>Does it once.</summary>
    Task RunAsync();
}
