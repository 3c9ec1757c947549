using MassTransit;

namespace EnterpriseHub.Model.Tests.Ports;

/// <summary>Ids that are the same in every run of a schedule.</summary>
internal static class TurnIds
{
    public static void StartOver() => NewId.SetGenerator(new NewIdGenerator(new Tick(), new Worker(), null, 0));

    private sealed class Tick : ITickProvider
    {
        public long Ticks => 639_000_000_000_000_000;
    }

    private sealed class Worker : IWorkerIdProvider
    {
        public byte[] GetWorkerId(int index) => [1, 2, 3, 4, 5, 6];
    }
}
