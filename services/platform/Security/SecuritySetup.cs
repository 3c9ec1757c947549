using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace EnterpriseHub.Platform.Security;

/// <summary>API keys, roles, sessions.</summary>
public static class SecuritySetup
{
    internal static void AddPlatformSecurity(this IHostApplicationBuilder builder) =>
        builder.Services.AddSingleton(new SecretBox(System.Security.Cryptography.SHA256.HashData("worktree"u8)));
}
