using System.Text.RegularExpressions;
using EnterpriseHub.TestKit.Repository;

namespace EnterpriseHub.Architecture.Tests;

/// <summary>Rules of the house that a compiler does not know.</summary>
public sealed partial class HouseTests
{
    private static readonly IReadOnlyList<(string Path, string Text)> Sources =
        [.. new[] { "contracts", "services" }
            .SelectMany(folder => Directory.EnumerateFiles(RepositoryRoot.Of(folder), "*.cs", SearchOption.AllDirectories))
            .Where(file => !file.Contains("/obj/", StringComparison.Ordinal) && !file.Contains("/bin/", StringComparison.Ordinal))
            .Select(file => (Path.GetRelativePath(RepositoryRoot.Path, file), File.ReadAllText(file)))];

    [Fact]
    public void No_file_has_over_300_lines() => Assert.Empty(Sources.Where(source => TooLong(source.Text)).Select(source => source.Path));

    [Fact]
    public void A_file_of_301_lines_is_found() => Assert.True(TooLong(string.Concat(Enumerable.Repeat("x\n", 301))));

    [Fact]
    public void No_file_or_type_is_named_by_a_place_instead_of_a_duty() =>
        Assert.Empty(Sources.Where(source => Vague().IsMatch(Path.GetFileNameWithoutExtension(source.Path))).Select(source => source.Path));

    [Theory]
    [InlineData("TextUtils")]
    [InlineData("LeadManager")]
    [InlineData("Common")]
    public void A_vague_name_is_found(string name) => Assert.Matches(Vague(), name);

    [Fact]
    public void Only_the_platform_calls_AddMassTransit() =>
        Assert.Equal(
            ["services/platform/Messaging/BusSetup.cs"],
            Sources.Where(source => Calls(source.Text, "AddMassTransit")).Select(source => source.Path));

    [Fact]
    public void No_service_asks_which_topology_it_runs_in() =>
        Assert.Empty(Sources.Where(source => !source.Path.StartsWith("services/standalone", StringComparison.Ordinal) && AsksTopology().IsMatch(source.Text)).Select(source => source.Path));

    [Theory]
    [InlineData("if (options.Transport == \"InMemory\")")]
    [InlineData("if (isStandalone)")]
    public void A_topology_question_is_found(string code) => Assert.Matches(AsksTopology(), code);

    [Fact]
    public void Services_show_only_their_module_and_options() =>
        Assert.Empty(
            from module in Modules.All()
            from type in module.GetType().Assembly.GetExportedTypes()
            where type != module.GetType() && type.Name != "Program" && !type.Name.EndsWith("Options", StringComparison.Ordinal)
            select type.FullName);

    [Fact]
    public void Links_in_the_documents_lead_somewhere()
    {
        var documents = Directory.EnumerateFiles(RepositoryRoot.Of("docs"), "*.md", SearchOption.AllDirectories).Append(RepositoryRoot.Of("README.md"));
        Assert.Empty(documents.SelectMany(document => DeadLinks(document, File.ReadAllText(document))));
    }

    [Fact]
    public void A_dead_link_is_found() =>
        Assert.Single(DeadLinks(RepositoryRoot.Of("docs", "flow.md"), "see [it](../services/no/Such.cs)"));

    private static IEnumerable<string> DeadLinks(string document, string text) =>
        from Match link in Link().Matches(text)
        let target = link.Groups[1].Value.Split('#')[0]
        where target.Length > 0 && !target.Contains("://", StringComparison.Ordinal)
        where !Path.Exists(Path.GetFullPath(Path.Combine(Path.GetDirectoryName(document)!, target)))
        select $"{Path.GetFileName(document)}: {target}";

    private static bool TooLong(string text) => text.AsSpan().Count('\n') > 300;

    private static bool Calls(string text, string method) => Regex.IsMatch(text, $@"\.{method}\(", RegexOptions.CultureInvariant);

    [GeneratedRegex(@"(Utils?|Helpers?|Common|Managers?|Misc)$")]
    private static partial Regex Vague();

    [GeneratedRegex(@"if \([^)]*(standalone|""InMemory""|""Sqlite"")", RegexOptions.IgnoreCase)]
    private static partial Regex AsksTopology();

    [GeneratedRegex(@"\]\(([^)\s]+)\)")]
    private static partial Regex Link();
}
