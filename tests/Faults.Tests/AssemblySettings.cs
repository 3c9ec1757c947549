using EnterpriseHub.Faults.Tests;
using Xunit.Sdk;
using Xunit.v3;

// Three topologies at a time: on two cores more of them only wait for each other.
[assembly: CollectionBehavior(MaxParallelThreads = 3)]
[assembly: TestCollectionOrderer(typeof(LongestFirst))]

namespace EnterpriseHub.Faults.Tests;

/// <summary>The long classes begin first, so that the last one to end is a short one.</summary>
public sealed class LongestFirst : ITestCollectionOrderer
{
    private static readonly string[] Order = ["ServerFault", "FiveServicesCrash", "FiveServicesUpstream", "NetworkFault", "StandaloneCrash", "Frozen", "TwoVersions"];

    /// <inheritdoc />
    public IReadOnlyCollection<TTestCollection> OrderTestCollections<TTestCollection>(IReadOnlyCollection<TTestCollection> testCollections)
        where TTestCollection : ITestCollection =>
        [.. testCollections.OrderBy(collection => Array.FindIndex(Order, name => collection.TestCollectionDisplayName.Contains(name, StringComparison.Ordinal)) is >= 0 and var place ? place : Order.Length)];
}
