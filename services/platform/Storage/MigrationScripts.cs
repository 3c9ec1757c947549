using System.Reflection;

namespace EnterpriseHub.Platform.Storage;

/// <summary>
/// Which embedded scripts make a database's schema. An assembly with one database gives it all its <c>*/Migrations/*.sql</c>;
/// where there are several, each owns what lies below its own namespace. Order: number, then name.
/// </summary>
internal static class MigrationScripts
{
    private const string Outbox = "EnterpriseHub.Platform.Storage.Migrations.";

    public static IEnumerable<(string Name, string Sql)> Of(Type database, bool outbox)
    {
        var common = outbox ? Names(typeof(MigrationScripts).Assembly, name => name.StartsWith(Outbox, StringComparison.Ordinal)) : [];
        var own = Names(database.Assembly, name => !name.StartsWith(Outbox, StringComparison.Ordinal) && Owns(database, name));
        return [.. common.Select(name => (name, Read(typeof(MigrationScripts).Assembly, name))), .. own.Select(name => (name, Read(database.Assembly, name)))];
    }

    private static bool Owns(Type database, string script) =>
        script.StartsWith($"{database.Namespace}.", StringComparison.Ordinal) || IsOnlyDatabase(database);

    private static bool IsOnlyDatabase(Type database) =>
        database.Assembly.GetTypes().Count(type => type.IsSubclassOf(typeof(ModuleDatabase)) && !type.IsAbstract) == 1;

    private static IEnumerable<string> Names(Assembly assembly, Func<string, bool> wanted) => assembly.GetManifestResourceNames()
        .Where(name => name.Contains(".Migrations.", StringComparison.Ordinal) && name.EndsWith(".sql", StringComparison.Ordinal) && wanted(name))
        .OrderBy(FileOf, StringComparer.Ordinal)
        .ThenBy(name => name, StringComparer.Ordinal);

    private static string FileOf(string name) =>
        name[(name.LastIndexOf(".Migrations.", StringComparison.Ordinal) + ".Migrations.".Length)..];

    private static string Read(Assembly assembly, string name)
    {
        using var reader = new StreamReader(assembly.GetManifestResourceStream(name)!);
        return reader.ReadToEnd();
    }
}
