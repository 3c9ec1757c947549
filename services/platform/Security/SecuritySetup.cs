using Microsoft.Extensions.Hosting;

namespace EnterpriseHub.Platform.Security;

/// <summary>API keys, roles, sessions.</summary>
public static class SecuritySetup
{
    internal static void AddPlatformSecurity(this IHostApplicationBuilder builder) => _ = builder;
}
