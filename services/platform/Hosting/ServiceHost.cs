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

namespace EnterpriseHub.Platform.Hosting;

/// <summary>The one composition function: every process of the product is this call with a list of modules.</summary>
public static class ServiceHost
{
    /// <summary>Builds the host and runs it until it is told to stop.</summary>
    /// <param name="args">Command line; <c>--Section:Key value</c> overrides any setting.</param>
    /// <param name="modules">The modules that this process hosts.</param>
    /// <returns>0 after a clean stop, 2 when a setting is wrong.</returns>
    public static async Task<int> RunAsync(string[] args, params IServiceModule[] modules)
    {
        try
        {
            await using var app = Build(args, modules);
            await app.RunAsync();
            return 0;
        }
        catch (SettingException wrong)
        {
            await Console.Error.WriteLineAsync(wrong.Message);
            return 2;
        }
        catch (Microsoft.Extensions.Options.OptionsValidationException wrong)
        {
            await Console.Error.WriteLineAsync(string.Join(Environment.NewLine, wrong.Failures));
            return 2;
        }
    }

    /// <summary>Builds the host without starting it; tests start it on a free port.</summary>
    /// <exception cref="SettingException">A backend name is missing or unknown.</exception>
    public static WebApplication Build(string[] args, params IServiceModule[] modules)
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions
        {
            Args = args,
            // The settings file lies beside the program, wherever it is started from.
            ContentRootPath = AppContext.BaseDirectory,
        });
        builder.Services.Configure<HostOptions>(host =>
        {
            // A model call (60 s) and a POST (15 s) may finish; see docs/decisions/0005.
            host.ShutdownTimeout = TimeSpan.FromSeconds(80);
            host.ServicesStartConcurrently = false;
        });
        builder.Services.AddSingleton(new HostedModules(modules));
        builder.Services.AddSingleton(TimeProvider.System);
        builder.Services.AddSingleton<SelfAddress>();

        builder.AddPlatformHttp();
        builder.AddPlatformSecurity();
        builder.AddStore();
        builder.AddCacheBackend();
        builder.Services.AddSingleton<StepRunner>();
        foreach (var module in modules)
        {
            module.AddServices(builder.Services, builder.Configuration);
        }
        // The bus starts after every module's migrations and before its background services' first sweep.
        builder.AddBus(modules);
        builder.AddTelemetry();

        var app = builder.Build();
        app.UsePlatformHttp();
        app.MapPlatformEndpoints();
        foreach (var module in modules)
        {
            module.MapEndpoints(app);
        }
        app.Services.GetRequiredService<ILoggerFactory>().CreateLogger("EnterpriseHub.Hosting")
            .LogInformation("Hosting {Modules}", string.Join(", ", modules.Select(module => module.Name)));
        return app;
    }
}

/// <summary>The modules of this process, for health, telemetry and queue names.</summary>
/// <param name="All">In the order given to <see cref="ServiceHost.RunAsync"/>.</param>
public sealed record HostedModules(IReadOnlyList<IServiceModule> All);
