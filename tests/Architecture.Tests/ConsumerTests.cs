using EnterpriseHub.Contracts.Conversations;
using EnterpriseHub.Platform.Hosting;
using EnterpriseHub.Platform.Messaging;
using MassTransit;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace EnterpriseHub.Architecture.Tests;

public sealed class ConsumerTests
{
    [Fact]
    public void Every_consumer_that_is_written_is_registered() =>
        Assert.Empty(Modules.All().SelectMany(module => Modules.Written(module).Except(Modules.Registered(module))));

    [Fact]
    public void A_forgotten_consumer_is_found()
    {
        var module = new ForgetfulModule();
        Assert.Contains(typeof(ForgottenConsumer), Modules.Written(module).Except(Modules.Registered(module)));
    }

    [Fact]
    public void Queue_names_are_the_same_in_one_process_as_in_many()
    {
        var modules = Modules.All();
        var together = new ModuleEndpointNames(modules);
        foreach (var module in modules)
        {
            var alone = new ModuleEndpointNames([module]);
            foreach (var consumer in Modules.Written(module))
            {
                Assert.Equal(NameOf(alone, consumer), NameOf(together, consumer));
                Assert.StartsWith($"{module.Name}-", NameOf(together, consumer), StringComparison.Ordinal);
            }
        }
    }

    [Fact]
    public void No_two_consumers_share_a_queue()
    {
        var modules = Modules.All();
        var names = new ModuleEndpointNames(modules);
        var queues = modules.SelectMany(Modules.Written).Select(consumer => NameOf(names, consumer)).ToList();
        Assert.Equal(queues.Distinct(StringComparer.Ordinal), queues);
    }

    [Fact]
    public void Without_the_modules_name_two_consumers_of_one_class_name_would_share_a_queue()
    {
        var plain = KebabCaseEndpointNameFormatter.Instance;
        Assert.Equal(NameOf(plain, typeof(First.EchoConsumer)), NameOf(plain, typeof(Second.EchoConsumer)));
    }

    private static string NameOf(IEndpointNameFormatter names, Type consumer) =>
        (string)typeof(IEndpointNameFormatter).GetMethod(nameof(IEndpointNameFormatter.Consumer))!
            .MakeGenericMethod(consumer).Invoke(names, null)!;

    private sealed class ForgetfulModule : IServiceModule
    {
        public string Name => "forgetful";

        public void AddServices(IServiceCollection services, IConfiguration configuration)
        {
        }

        public void AddConsumers(IBusRegistrationConfigurator bus)
        {
        }

        public void MapEndpoints(IEndpointRouteBuilder routes)
        {
        }
    }

    private sealed class ForgottenConsumer : IConsumer<SendReply>
    {
        public Task Consume(ConsumeContext<SendReply> context) => Task.CompletedTask;
    }

    private static class First
    {
        internal sealed class EchoConsumer : IConsumer<SendReply>
        {
            public Task Consume(ConsumeContext<SendReply> context) => Task.CompletedTask;
        }
    }

    private static class Second
    {
        internal sealed class EchoConsumer : IConsumer<SendReply>
        {
            public Task Consume(ConsumeContext<SendReply> context) => Task.CompletedTask;
        }
    }
}
