using System.Xml.Linq;
using EnterpriseHub.TestKit.Repository;

namespace EnterpriseHub.Architecture.Tests;

public sealed class ReferenceTests
{
    [Fact]
    public void Every_project_references_only_what_it_may() =>
        Assert.Empty(ReferenceRules.Violations(ProjectFile.All()));

    [Theory]
    [InlineData("services/scoring/Scoring.csproj", "../analytics/Analytics.csproj")]
    [InlineData("services/platform/Platform.csproj", "../../contracts/Contracts.csproj")]
    [InlineData("contracts/Contracts.csproj", "../services/platform/Platform.csproj")]
    [InlineData("services/cache/Cache.csproj", "../standalone/Standalone.csproj")]
    public void A_forbidden_reference_is_found(string project, string reference)
    {
        var wrong = ProjectFile.Parse(project, XDocument.Parse($"<Project><ItemGroup><ProjectReference Include=\"{reference}\" /></ItemGroup></Project>"));
        Assert.Single(ReferenceRules.Violations([wrong]));
    }

    [Fact]
    public void A_package_in_the_contracts_is_found()
    {
        var wrong = ProjectFile.Parse("contracts/Contracts.csproj", XDocument.Parse("<Project><ItemGroup><PackageReference Include=\"MassTransit\" /></ItemGroup></Project>"));
        Assert.Single(ReferenceRules.Violations([wrong]));
    }

    [Fact]
    public void Only_standalone_has_a_settings_file()
    {
        var files = Directory.EnumerateFiles(RepositoryRoot.Of("services"), "appsettings*.json", SearchOption.AllDirectories)
            .Where(file => !file.Contains("/bin/", StringComparison.Ordinal) && !file.Contains("/obj/", StringComparison.Ordinal));
        Assert.Equal([RepositoryRoot.Of("services", "standalone", "appsettings.json")], files);
    }
}

internal static class ReferenceRules
{
    private const string Contracts = "contracts/Contracts.csproj";
    private const string Platform = "services/platform/Platform.csproj";
    private const string Standalone = "services/standalone/Standalone.csproj";

    public static IEnumerable<string> Violations(IEnumerable<ProjectFile> projects) =>
        from project in projects
        from reference in project.References
            .Where(reference => !MayReference(project.Path, reference))
            .Concat(project.Path == Contracts ? project.Packages : [])
        select $"{project.Path} must not reference {reference}";

    private static bool MayReference(string project, string reference) => project switch
    {
        Contracts or Platform => false,
        Standalone => reference.StartsWith("services/", StringComparison.Ordinal),
        _ when project.StartsWith("services/", StringComparison.Ordinal) => reference is Contracts or Platform,
        // Tests and load tools may look at anything.
        _ => true,
    };
}
