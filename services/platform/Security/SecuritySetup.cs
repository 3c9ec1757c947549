using EnterpriseHub.Platform.Hosting;
using EnterpriseHub.Platform.Storage;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace EnterpriseHub.Platform.Security;

/// <summary>API keys, roles, sessions, sealed secrets.</summary>
public static class SecuritySetup
{
    internal static void AddPlatformSecurity(this IHostApplicationBuilder builder)
    {
        builder.ReadOptions<AdminOptions>("Admin");
        builder.ReadOptions<RateLimitOptions>("RateLimit");
        builder.ReadOptions<MasterKeyOptions>("Security");
        builder.Services.AddSchema<SecurityDatabase>();
        builder.Services.AddSingleton<KeyStore>();
        builder.Services.AddSingleton<CallerFinder>();
        builder.Services.AddSingleton<CallLimits>();
        builder.Services.AddSingleton(services =>
            new SecretBox(services.GetRequiredService<MasterKeyOptions>(), services.GetRequiredService<StoreOptions>()));
        builder.Services.AddHostedService<FirstAdminKey>();
    }

    internal static void UsePlatformSecurity(this WebApplication app, IServiceCollection registered)
    {
        // Read now, not at the first use: a wrong key shall stop the start, not a reply.
        app.Services.GetRequiredService<CallerFinder>();
        if (registered.Any(IsBuiltWithSecretBox))
        {
            app.Services.GetRequiredService<SecretBox>();
        }
        app.UseMiddleware<SecurityMiddleware>();
    }

    private static bool IsBuiltWithSecretBox(ServiceDescriptor service) =>
        !service.IsKeyedService && service.ImplementationType is { } type && type.GetConstructors()
            .Any(constructor => constructor.GetParameters().Any(parameter => parameter.ParameterType == typeof(SecretBox)));
}
