namespace EnterpriseHub.Platform.Tests.Fixtures;

/// <summary>A clock that a test moves; timers run on real time.</summary>
internal sealed class HandClock : TimeProvider
{
    private TimeSpan _ahead;

    public override DateTimeOffset GetUtcNow() => System.GetUtcNow() + _ahead;

    public override long GetTimestamp() => System.GetTimestamp() + (long)(_ahead.TotalSeconds * System.TimestampFrequency);

    public override long TimestampFrequency => System.TimestampFrequency;

    public void Pass(TimeSpan time) => _ahead += time;
}
