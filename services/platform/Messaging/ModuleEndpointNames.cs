using System.Reflection;
using EnterpriseHub.Platform.Hosting;
using MassTransit;

namespace EnterpriseHub.Platform.Messaging;

/// <summary>
/// Queue names: <c>&lt;module&gt;-&lt;effect&gt;</c>, the same in every topology. Without the prefix two consumer classes of one
/// name in two modules would share a queue and each see half of the messages.
/// </summary>
public sealed class ModuleEndpointNames(IEnumerable<IServiceModule> modules) : KebabCaseEndpointNameFormatter(false)
{
    private readonly Dictionary<Assembly, string> _modules = modules.ToDictionary(module => module.GetType().Assembly, module => module.Name);

    /// <inheritdoc />
    protected override string GetConsumerName(Type type) =>
        _modules.TryGetValue(type.Assembly, out var module)
            ? $"{module}-{base.GetConsumerName(type)}"
            : base.GetConsumerName(type);
}
