using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace EnterpriseHub.Platform.Hosting;

/// <summary>Options that decide what gets registered are read and checked while the host is built.</summary>
internal static class OptionsReading
{
    /// <summary>Reads a section, checks its annotations and registers it as a singleton.</summary>
    /// <exception cref="OptionsValidationException">A value is out of range.</exception>
    public static T ReadOptions<T>(this IHostApplicationBuilder builder, string section)
        where T : class, new()
    {
        var options = builder.Configuration.GetSection(section).Get<T>() ?? new T();
        var failures = new List<ValidationResult>();
        if (!Validator.TryValidateObject(options, new ValidationContext(options), failures, validateAllProperties: true))
        {
            throw new OptionsValidationException(section, typeof(T), failures.Select(failure => failure.ErrorMessage ?? section));
        }
        builder.Services.AddSingleton(options);
        return options;
    }
}
