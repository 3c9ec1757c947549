using EnterpriseHub.Platform.Caching;
using EnterpriseHub.Platform.Flow;
using EnterpriseHub.Platform.Http;
using EnterpriseHub.Platform.Messaging;
using EnterpriseHub.Platform.Observability;
using EnterpriseHub.Platform.Security;
using EnterpriseHub.Platform.Storage;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace EnterpriseHub.Platform.Hosting;

/// <summary>The one composition function: every process of the product is this call with a list of modules.</summary>
public static class ServiceHost
{
    /// <summary>Builds the host and runs it until it is told to stop. The answer is also the exit code of the process.</summary>
    /// <param name="args">Command line; <c>--Section:Key value</c> overrides any setting.</param>
    /// <param name="modules">The modules that this process hosts.</param>
    /// <returns>0 after a clean stop, 1 when a background service or the store failed, 2 when a setting is wrong.</returns>
    public static async Task<int> RunAsync(string[] args, params IServiceModule[] modules)
    {
        var code = await RunCodeAsync(args, modules);
        if (code != 0)
        {
            Environment.ExitCode = code;
        }
        return code;
    }

    /// <summary>Builds the host without starting it; tests start it on a free port.</summary>
    /// <exception cref="SettingException">A backend name is missing or unknown.</exception>
    public static WebApplication Build(string[] args, params IServiceModule[] modules)
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions
        {
            // Settings count at the start. Watching their files would cost each process an inotify instance, of which a machine has few.
            Args = ["--hostBuilder:reloadConfigOnChange=false", .. args],
            // The settings file lies beside the program, wherever it is started from.
            ContentRootPath = AppContext.BaseDirectory,
        });
        builder.AddLogs();
        builder.Services.Configure<HostOptions>(host =>
        {
            // A model call (60 s) and a POST (15 s) may finish; see docs/decisions/0005.
            host.ShutdownTimeout = TimeSpan.FromSeconds(80);
            host.ServicesStartConcurrently = false;
        });
        builder.Services.AddSingleton(new HostedModules(modules));
        builder.Services.AddSingleton(TimeProvider.System);
        builder.Services.AddSingleton<SelfAddress>();

        builder.AddTelemetry();
        builder.AddPlatformHttp();
        builder.AddStore();
        builder.AddCacheBackend();
        builder.AddPlatformSecurity();
        builder.Services.AddSingleton<StepRunner>();
        foreach (var module in modules)
        {
            module.AddServices(builder.Services, builder.Configuration);
        }
        // Last, so that it stops first of all but the web server: consumers end while their stores and relays still work.
        builder.AddBus(modules);

        var app = builder.Build();
        app.UsePlatformHttp();
        app.UsePlatformSecurity(builder.Services);
        app.MapPlatformEndpoints();
        foreach (var module in modules)
        {
            module.MapEndpoints(app);
        }
        app.Services.GetRequiredService<ILoggerFactory>().CreateLogger("EnterpriseHub.Hosting")
            .LogInformation("Hosting {Modules}", string.Join(", ", modules.Select(module => module.Name)));
        return app;
    }

    private static async Task<int> RunCodeAsync(string[] args, IServiceModule[] modules)
    {
        try
        {
            await using var app = Build(args, modules);
            var background = app.Services.GetServices<IHostedService>().OfType<BackgroundService>().ToList();
            try
            {
                await app.RunAsync();
            }
            catch (OperationCanceledException)
            {
                // Told to stop while it was still starting: by a signal, or because a background service failed.
            }
            // The host stops for a background service that failed, and calls that a clean stop.
            var died = background.Select(service => service.ExecuteTask).FirstOrDefault(task => task?.IsFaulted == true);
            return died is null ? 0 : await TellAsync(StartFailure.Of(died.Exception) ?? new StartFailure(1, "A background service failed; see the log."));
        }
        catch (Exception failure) when (StartFailure.Of(failure) is { } known)
        {
            return await TellAsync(known);
        }
    }

    private static async Task<int> TellAsync(StartFailure failure)
    {
        await Console.Error.WriteLineAsync(failure.Message);
        return failure.Code;
    }
}

/// <summary>Why a start failed, when it is something that the operator can mend.</summary>
internal sealed record StartFailure(int Code, string Message)
{
    public static StartFailure? Of(Exception? failure) => failure switch
    {
        null => null,
        SettingException wrong => new StartFailure(2, wrong.Message),
        OptionsValidationException wrong => new StartFailure(2, string.Join(Environment.NewLine, wrong.Failures)),
        StoreUnreachableException store => new StartFailure(1, store.Message),
        Microsoft.AspNetCore.Connections.AddressInUseException =>
            new StartFailure(1, "Another program listens on this address already. Set another with --urls http://127.0.0.1:PORT."),
        AggregateException several => several.InnerExceptions.Select(Of).FirstOrDefault(known => known is not null),
        _ => Of(failure.InnerException),
    };
}

/// <summary>The modules of this process, for health, telemetry and queue names.</summary>
/// <param name="All">In the order given to <see cref="ServiceHost.RunAsync"/>.</param>
public sealed record HostedModules(IReadOnlyList<IServiceModule> All);
