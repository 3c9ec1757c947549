using EnterpriseHub.Platform.Hosting;

namespace EnterpriseHub.AiOrchestrator.Claude;

/// <summary>Registers the model; a real address without a key stops the start.</summary>
internal static class ClaudeSetup
{
    public static void AddClaude(this IServiceCollection services, IConfiguration configuration)
    {
        var options = configuration.GetSection("Claude").Get<ClaudeOptions>() ?? new ClaudeOptions();
        if (!options.Address.StartsWith('/') && !(Uri.TryCreate(options.Address, UriKind.Absolute, out var address) && address.Scheme is "http" or "https"))
        {
            throw new SettingException("Claude:BaseUrl", options.Address, "an http(s) address, or a path of this process such as /sim/claude");
        }
        if (!options.IsLocal && string.IsNullOrWhiteSpace(options.ApiKey))
        {
            throw new SettingException("Claude:ApiKey", null, $"an API key for {options.Address}; none is needed when Claude:BaseUrl is a path or a loopback address");
        }
        services.AddOptions<ClaudeOptions>().BindConfiguration("Claude").ValidateDataAnnotations().ValidateOnStart();
        services.AddSingleton<ClaudeDeployment>();
    }
}
