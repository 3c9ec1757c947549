using System.Collections.Concurrent;

namespace EnterpriseHub.Platform.Messaging;

/// <summary>Names of message types in the outbox: full name and assembly, without a version.</summary>
internal static class MessageTypes
{
    private static readonly ConcurrentDictionary<string, Type?> Known = new(StringComparer.Ordinal);

    public static string NameOf(Type type) => $"{type.FullName}, {type.Assembly.GetName().Name}";

    /// <summary>The type of a stored name, or null when this version of the product no longer has it.</summary>
    public static Type? Find(string name) => Known.GetOrAdd(name, stored => Type.GetType(stored));
}
