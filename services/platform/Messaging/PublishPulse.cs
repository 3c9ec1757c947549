namespace EnterpriseHub.Platform.Messaging;

/// <summary>Whether the broker confirms what this process publishes.</summary>
internal sealed class PublishPulse(TimeProvider time)
{
    /// <summary>A failure that nothing followed says nothing any more: another process may have published what failed here.</summary>
    private static readonly TimeSpan Fresh = TimeSpan.FromSeconds(30);

    private readonly Lock _gate = new();
    private long? _since;
    private long _last;

    /// <summary>How long nothing has been confirmed while publishing went on failing; zero when all is well.</summary>
    public TimeSpan FailingFor
    {
        get
        {
            lock (_gate)
            {
                return _since is { } since && time.GetElapsedTime(_last) < Fresh ? time.GetElapsedTime(since) : TimeSpan.Zero;
            }
        }
    }

    /// <summary>The broker took a message.</summary>
    public void Confirmed()
    {
        lock (_gate)
        {
            _since = null;
        }
    }

    /// <summary>It did not, or did not say so in time.</summary>
    public void Failed()
    {
        lock (_gate)
        {
            _last = time.GetTimestamp();
            _since ??= _last;
        }
    }
}
