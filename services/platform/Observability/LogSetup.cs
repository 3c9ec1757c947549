using EnterpriseHub.Platform.Hosting;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Configuration.Memory;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Console;

namespace EnterpriseHub.Platform.Observability;

/// <summary>Logs go to the console, a line an event. Setting <c>Logging:Format</c>: <c>text</c> (default) or <c>json</c>.</summary>
internal static class LogSetup
{
    private static readonly Dictionary<string, string?> Levels = new(StringComparer.Ordinal)
    {
        ["Logging:LogLevel:Default"] = "Warning",
        ["Logging:LogLevel:EnterpriseHub"] = "Information",
        ["Logging:LogLevel:Microsoft.Hosting.Lifetime"] = "Information",
        // Below Warning these write addresses with their query, headers and bodies: named one by one, so that a wider
        // "Default" does not let phone numbers and tokens into the log.
        ["Logging:LogLevel:Microsoft.AspNetCore"] = "Warning",
        ["Logging:LogLevel:System.Net.Http"] = "Warning",
        ["Logging:LogLevel:MassTransit"] = "Warning",
        ["Logging:LogLevel:Npgsql"] = "Warning",
    };

    private static readonly Dictionary<string, Action<ILoggingBuilder>> Formats = new(StringComparer.OrdinalIgnoreCase)
    {
        ["text"] = logging => logging.AddSimpleConsole(Line),
        ["json"] = logging => logging.AddJsonConsole(Stamp),
    };

    public static void AddLogs(this WebApplicationBuilder builder)
    {
        // First, so that every other source overrides it.
        ((IConfigurationBuilder)builder.Configuration).Sources.Insert(0, new MemoryConfigurationSource { InitialData = Levels });
        builder.Logging.ClearProviders();
        SettingException.Choose("Logging:Format", builder.Configuration["Logging:Format"] ?? "text", Formats)(builder.Logging);
    }

    private static void Line(SimpleConsoleFormatterOptions options)
    {
        options.SingleLine = true;
        Stamp(options);
    }

    private static void Stamp(ConsoleFormatterOptions options)
    {
        options.TimestampFormat = "yyyy-MM-dd'T'HH:mm:ss.fff'Z' ";
        options.UseUtcTimestamp = true;
    }
}
