using System.Collections.Concurrent;

namespace EnterpriseHub.AiOrchestrator.ReplyToMessage;

/// <summary>
/// The conversations that this process thinks about right now. Only a short cut: a signal spares the wait for the
/// next heartbeat, and one that is missed is made good by the check in the commit.
/// </summary>
internal sealed class ThinkingHere
{
    private readonly ConcurrentDictionary<ConversationKey, Thought> _thoughts = new();

    public Thought Begin(ConversationKey key)
    {
        var thought = new Thought(this, key);
        _thoughts[key] = thought;
        return thought;
    }

    /// <summary>Something changed in the conversation: what is being thought is out of date.</summary>
    public void Signal(ConversationKey key)
    {
        if (_thoughts.TryGetValue(key, out var thought))
        {
            thought.Cancel();
        }
    }

    internal sealed class Thought(ThinkingHere all, ConversationKey key) : IDisposable
    {
        private CancellationTokenSource _source = new();

        /// <summary>Starts over; its answer is cancelled by the next signal.</summary>
        public CancellationToken Renew()
        {
            var fresh = new CancellationTokenSource();
            var token = fresh.Token;
            Interlocked.Exchange(ref _source, fresh).Dispose();
            return token;
        }

        public void Cancel()
        {
            try
            {
                Volatile.Read(ref _source).Cancel();
            }
            catch (ObjectDisposedException)
            {
                // The thinker was just starting over, and will see the change that was signalled.
            }
        }

        public void Dispose()
        {
            all._thoughts.TryRemove(new KeyValuePair<ConversationKey, Thought>(key, this));
            Volatile.Read(ref _source).Dispose();
        }
    }
}
