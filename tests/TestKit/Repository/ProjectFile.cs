using System.Xml.Linq;

namespace EnterpriseHub.TestKit.Repository;

/// <summary>A project file as written; compiled assemblies hide references that are not used.</summary>
/// <param name="Path">Relative to the checkout, with forward slashes.</param>
/// <param name="References">Referenced projects, in the same form.</param>
/// <param name="Packages">Referenced packages.</param>
public sealed record ProjectFile(string Path, IReadOnlyList<string> References, IReadOnlyList<string> Packages)
{
    /// <summary>Every project of the checkout.</summary>
    public static IReadOnlyList<ProjectFile> All() =>
        [.. Directory.EnumerateFiles(RepositoryRoot.Path, "*.csproj", SearchOption.AllDirectories)
            .Select(file => Parse(Relative(file), XDocument.Load(file)))
            .OrderBy(project => project.Path, StringComparer.Ordinal)];

    /// <summary>Reads one project's XML.</summary>
    public static ProjectFile Parse(string path, XDocument xml)
    {
        var folder = System.IO.Path.GetDirectoryName(RepositoryRoot.Of(path))!;
        return new ProjectFile(
            path,
            [.. Includes("ProjectReference").Select(include => Relative(System.IO.Path.GetFullPath(System.IO.Path.Combine(folder, include))))],
            [.. Includes("PackageReference")]);

        IEnumerable<string> Includes(string element) =>
            xml.Descendants(element).Select(node => node.Attribute("Include")?.Value).OfType<string>();
    }

    private static string Relative(string file) =>
        System.IO.Path.GetRelativePath(RepositoryRoot.Path, file).Replace('\\', '/');
}
