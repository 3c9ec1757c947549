using System.Reflection;
using MassTransit;

namespace EnterpriseHub.Model.Tests.Processes;

/// <summary>A context that holds a message and nothing else; a consumer that wants more fails.</summary>
public class Consuming<T> : DispatchProxy
    where T : class
{
    private T _message = null!;
    private Guid _id;

    public static ConsumeContext<T> Of(T message, Guid id)
    {
        var context = Create<ConsumeContext<T>, Consuming<T>>();
        var proxy = (Consuming<T>)(object)context;
        proxy._message = message;
        proxy._id = id;
        return context;
    }

    protected override object? Invoke(MethodInfo? targetMethod, object?[]? args) => targetMethod!.Name switch
    {
        "get_Message" => _message,
        "get_MessageId" => (Guid?)_id,
        "get_CancellationToken" => CancellationToken.None,
        // What a message does not say must change nothing.
        "get_SentTime" => null,
        var other => throw new NotSupportedException($"A consumer asked its context for {other}, which the model does not have."),
    };
}
