using System.Collections.Concurrent;
using System.Net;

namespace EnterpriseHub.Faults.Tests.Bench;

/// <summary>How the gateway answered the deliveries of a cell.</summary>
internal sealed class AnswerCounts
{
    private readonly ConcurrentQueue<string> _wrong = new();
    private int _taken;
    private int _pushedBack;

    /// <summary>Answered 200.</summary>
    public int Taken => _taken;

    /// <summary>Answered 429 with the seconds to wait: GHL comes again.</summary>
    public int PushedBack => _pushedBack;

    /// <param name="answer">The answer; null when there was none.</param>
    public void Add(HttpResponseMessage? answer)
    {
        if (answer?.StatusCode == HttpStatusCode.OK)
        {
            Interlocked.Increment(ref _taken);
        }
        else if (answer is { StatusCode: HttpStatusCode.TooManyRequests, Headers.RetryAfter.Delta: not null })
        {
            Interlocked.Increment(ref _pushedBack);
        }
        else
        {
            _wrong.Enqueue(answer is null ? "no answer" : $"{(int)answer.StatusCode}{(answer.Headers.RetryAfter is null ? " without Retry-After" : "")}");
        }
    }

    /// <exception cref="InvalidOperationException">Something else than 200 and 429 was answered, or nothing.</exception>
    public void RequireNothingElse()
    {
        if (!_wrong.IsEmpty)
        {
            throw new InvalidOperationException($"the gateway answered {string.Join(", ", _wrong.GroupBy(word => word).Select(group => $"{group.Count()} x {group.Key}"))}; besides {this}");
        }
    }

    public override string ToString() => $"{Taken} x 200, {PushedBack} x 429";
}
