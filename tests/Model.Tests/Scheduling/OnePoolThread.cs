using System.Runtime.CompilerServices;

namespace EnterpriseHub.Model.Tests.Scheduling;

/// <summary>
/// A thread pool of one thread. .NET queues continuations to the pool here and there (of a task that several await, of a cancelled
/// delay); on one thread they run one after another, in the same order every time.
/// </summary>
internal static class OnePoolThread
{
    [ModuleInitializer]
    internal static void Narrow()
    {
        if (!ThreadPool.SetMinThreads(1, 1) || !ThreadPool.SetMaxThreads(1, 1))
        {
            throw new InvalidOperationException("The thread pool cannot be made of one thread; no schedule would be the same twice.");
        }
    }

    /// <summary>Goes on when the pool has nothing else to do.</summary>
    public static async Task DrainAsync()
    {
        do
        {
            await default(Behind);
        }
        while (ThreadPool.PendingWorkItemCount > 0);
    }

    /// <summary>Goes to the end of the pool's common queue, behind what the thread has queued for itself.</summary>
    private readonly struct Behind : ICriticalNotifyCompletion
    {
        public bool IsCompleted => false;

        public Behind GetAwaiter() => this;

        public void GetResult()
        {
        }

        public void OnCompleted(Action continuation) => UnsafeOnCompleted(continuation);

        public void UnsafeOnCompleted(Action continuation) => ThreadPool.UnsafeQueueUserWorkItem(go => go(), continuation, preferLocal: false);
    }
}
