using MassTransit;
using Microsoft.Extensions.DependencyInjection;

namespace EnterpriseHub.Model.Tests.Processes;

/// <summary>A production consumer by the type that it takes.</summary>
/// <param name="Name">For the trace.</param>
/// <param name="Message">Contract type.</param>
/// <param name="Consume">Consumes a message in a process.</param>
internal sealed record Consumer(string Name, Type Message, Func<IServiceProvider, object, Guid, Task> Consume)
{
    public static Consumer Of<TConsumer, TMessage>()
        where TConsumer : class, IConsumer<TMessage>
        where TMessage : class => new(
            typeof(TConsumer).Name.Replace("Consumer", "", StringComparison.Ordinal),
            typeof(TMessage),
            (services, message, id) => ActivatorUtilities.CreateInstance<TConsumer>(services).Consume(Consuming<TMessage>.Of((TMessage)message, id)));
}
