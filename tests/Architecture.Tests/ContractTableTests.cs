using System.Text.RegularExpressions;
using EnterpriseHub.Contracts.Conversations;
using EnterpriseHub.TestKit.Repository;

namespace EnterpriseHub.Architecture.Tests;

/// <summary>contracts/README.md says who sends and who consumes each message; the code must agree.</summary>
public sealed partial class ContractTableTests
{
    private static readonly IReadOnlyList<TableRow> Table = TableRow.Parse(File.ReadAllLines(RepositoryRoot.Of("contracts", "README.md")));

    [Fact]
    public void Every_consumed_message_is_in_the_table_with_its_consumers()
    {
        var code = Modules.All()
            .SelectMany(module => Modules.Written(module).SelectMany(Modules.Messages).Distinct().Select(message => (message.Name, Module: module.Name)))
            .GroupBy(pair => pair.Name, pair => pair.Module, StringComparer.Ordinal)
            .ToDictionary(group => group.Key, group => string.Join(", ", group.Order(StringComparer.Ordinal)), StringComparer.Ordinal);
        var table = Table.Where(row => row.Kind != "answer").ToDictionary(row => row.Message, row => row.ConsumedBy, StringComparer.Ordinal);
        Assert.Equal(table.OrderBy(pair => pair.Key, StringComparer.Ordinal), code.OrderBy(pair => pair.Key, StringComparer.Ordinal));
    }

    [Fact]
    public void A_command_or_request_has_exactly_one_consumer()
    {
        var consumers = Modules.All().SelectMany(Modules.Written).SelectMany(Modules.Messages).GroupBy(message => message.Name).ToDictionary(group => group.Key, group => group.Count());
        Assert.All(Table.Where(row => row.Kind is "command" or "request"), row => Assert.Equal(1, consumers.GetValueOrDefault(row.Message)));
    }

    [Fact]
    public void Every_message_is_made_only_where_the_table_says()
    {
        // An answer may also be made up by who asked, as the fallback of a late one.
        foreach (var row in Table.Where(row => row.SentBy != "any" && row.Kind != "answer"))
        {
            var senders = Modules.All().Select(module => module.Name).Where(module => Makes(module, row.Message));
            Assert.Equal((row.Message, row.SentBy), (row.Message, string.Join(", ", senders.Order(StringComparer.Ordinal))));
        }
    }

    [Fact]
    public void Every_message_of_the_table_is_a_contract()
    {
        var contracts = typeof(SendReply).Assembly.GetExportedTypes().Select(type => type.Name).ToHashSet(StringComparer.Ordinal);
        Assert.All(Table, row => Assert.Contains(row.Message, contracts));
    }

    [Fact]
    public void A_wrong_table_is_found()
    {
        var wrong = TableRow.Parse(["| SendReply | command | scoring | cache |"]);
        Assert.False(Makes(wrong[0].SentBy, wrong[0].Message));
        Assert.DoesNotContain(Modules.All().Where(module => module.Name == "cache").SelectMany(Modules.Written).SelectMany(Modules.Messages), message => message.Name == "SendReply");
    }

    private static bool Makes(string module, string message) =>
        Directory.EnumerateFiles(RepositoryRoot.Of("services", module), "*.cs", SearchOption.AllDirectories)
            .Where(file => !file.Contains("/obj/", StringComparison.Ordinal))
            .Any(file => Regex.IsMatch(File.ReadAllText(file), $@"\bnew {message}\b|\b{message}\?? \w+(\([^)]*\))? =>?\s*new\(\)", RegexOptions.CultureInvariant));

    private sealed record TableRow(string Message, string Kind, string SentBy, string ConsumedBy)
    {
        public static IReadOnlyList<TableRow> Parse(IEnumerable<string> lines) =>
            [.. from line in lines
                let match = Row().Match(line)
                where match.Success && match.Groups[2].Value is not ("kind" or "---")
                select new TableRow(match.Groups[1].Value, match.Groups[2].Value, match.Groups[3].Value, match.Groups[4].Value)];
    }

    [GeneratedRegex(@"^\| (\S+) \| (\S+) \| (.+?) \| (.+?) \|$")]
    private static partial Regex Row();
}
