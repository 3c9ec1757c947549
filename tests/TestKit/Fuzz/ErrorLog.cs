using System.Collections.Concurrent;
using EnterpriseHub.Platform.Hosting;
using MassTransit;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace EnterpriseHub.TestKit.Fuzz;

/// <summary>Keeps what a host logs as an error: an unhandled request, a consumer that threw, a service that died.</summary>
public sealed class ErrorLog : IServiceModule, ILoggerProvider
{
    private readonly ConcurrentQueue<string> _errors = new();

    /// <summary>Category, message and exception, in order.</summary>
    public IReadOnlyCollection<string> Errors => _errors;

    /// <inheritdoc />
    public string Name => "test-error-log";

    /// <inheritdoc />
    public void AddServices(IServiceCollection services, IConfiguration configuration) => services.AddSingleton<ILoggerProvider>(this);

    /// <inheritdoc />
    public void AddConsumers(IBusRegistrationConfigurator bus)
    {
    }

    /// <inheritdoc />
    public void MapEndpoints(IEndpointRouteBuilder routes)
    {
    }

    /// <inheritdoc />
    public ILogger CreateLogger(string categoryName) => new Writer(categoryName, _errors);

    /// <inheritdoc />
    public void Dispose()
    {
    }

    private sealed class Writer(string category, ConcurrentQueue<string> errors) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Error;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (IsEnabled(logLevel))
            {
                errors.Enqueue($"{category}: {formatter(state, exception)} {exception}");
            }
        }
    }
}
