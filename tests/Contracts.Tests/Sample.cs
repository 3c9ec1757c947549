using System.Collections;
using System.Reflection;
using System.Runtime.CompilerServices;

namespace EnterpriseHub.Contracts.Tests;

/// <summary>Makes a message with every member set to something that is not its default.</summary>
internal static class Sample
{
    public static object Of(Type type, int depth = 0)
    {
        var known = Nullable.GetUnderlyingType(type) ?? type;
        if (known == typeof(string)) { return $"text-{depth}"; }
        if (known == typeof(bool)) { return true; }
        if (known == typeof(int)) { return 7; }
        if (known == typeof(long)) { return 12_345_678_901L; }
        if (known == typeof(double)) { return 12.5; }
        if (known == typeof(decimal)) { return 3.25m; }
        if (known == typeof(TimeSpan)) { return TimeSpan.FromMilliseconds(2500); }
        if (known == typeof(DateOnly)) { return new DateOnly(2026, 11, 20); }
        if (known == typeof(DateTimeOffset)) { return new DateTimeOffset(2026, 11, 20, 8, 30, 15, 123, TimeSpan.Zero); }
        if (known.IsEnum) { return Enum.GetValues(known).GetValue(Enum.GetValues(known).Length - 1)!; }
        if (known.IsGenericType && known.GetGenericTypeDefinition() == typeof(IReadOnlyList<>))
        {
            var list = (IList)Activator.CreateInstance(typeof(List<>).MakeGenericType(known.GetGenericArguments()))!;
            list.Add(Of(known.GetGenericArguments()[0], depth + 1));
            return list;
        }
        if (known.IsGenericType && known.GetGenericTypeDefinition() == typeof(IReadOnlyDictionary<,>))
        {
            var map = (IDictionary)Activator.CreateInstance(typeof(Dictionary<,>).MakeGenericType(known.GetGenericArguments()))!;
            map.Add("key", Of(known.GetGenericArguments()[1], depth + 1));
            return map;
        }
        var sample = RuntimeHelpers.GetUninitializedObject(known);
        foreach (var property in known.GetProperties(BindingFlags.Public | BindingFlags.Instance).Where(property => property.CanWrite))
        {
            property.SetValue(sample, Of(property.PropertyType, depth + 1));
        }
        return sample;
    }
}
