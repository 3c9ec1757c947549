using System.Diagnostics;

namespace EnterpriseHub.TestKit;

/// <summary>Waits for what an asynchronous product will do.</summary>
public static class Eventually
{
    /// <summary>Asks again and again until the answer is right; fails with the last answer when it never is.</summary>
    /// <param name="ask">The question.</param>
    /// <param name="right">Whether the answer will do.</param>
    /// <param name="patience">Longest wait; 2 min by default. Not a statement on speed: only the end of hope.</param>
    public static async Task<T> BecomesAsync<T>(Func<Task<T>> ask, Func<T, bool> right, TimeSpan? patience = null)
    {
        var clock = Stopwatch.StartNew();
        while (true)
        {
            var answer = await ask();
            if (right(answer))
            {
                return answer;
            }
            if (clock.Elapsed > (patience ?? TimeSpan.FromSeconds(120)))
            {
                throw new TimeoutException($"Never became right; the last answer was: {answer}");
            }
            await Task.Delay(TimeSpan.FromMilliseconds(50), CancellationToken.None);
        }
    }
}
