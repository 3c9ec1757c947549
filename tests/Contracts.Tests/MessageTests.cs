using System.Text.Json;
using System.Text.Json.Nodes;
using EnterpriseHub.Contracts.Conversations;
using EnterpriseHub.TestKit.Repository;
using MassTransit.Serialization;

namespace EnterpriseHub.Contracts.Tests;

public sealed class MessageTests
{
    // What the bus and the outbox write with.
    private static readonly JsonSerializerOptions[] Writers = [SystemTextJsonMessageSerializer.Options, new(JsonSerializerDefaults.Web)];

    public static TheoryData<Type> Messages =>
        [.. typeof(SendReply).Assembly.GetExportedTypes().Where(type => type is { IsClass: true, IsAbstract: false })];

    [Theory]
    [MemberData(nameof(Messages))]
    public void A_message_comes_back_as_it_was_sent(Type message)
    {
        foreach (var options in Writers)
        {
            var sent = JsonSerializer.Serialize(Sample.Of(message), message, options);
            var received = JsonSerializer.Deserialize(sent, message, options);
            Assert.Equal(sent, JsonSerializer.Serialize(received, message, options));
            Assert.All(message.GetProperties(), property => Assert.NotNull(property.GetValue(received)));
        }
    }

    [Theory]
    [MemberData(nameof(Messages))]
    public void A_message_of_version_1_still_reads(Type message)
    {
        var file = RepositoryRoot.Of("tests", "Contracts.Tests", "Version1", $"{message.Name}.json");
        Assert.True(File.Exists(file), $"{file} is missing: write the new message's first sample with HUB_WRITE_SAMPLES=1 and commit it.");
        var stored = File.ReadAllText(file);
        foreach (var options in Writers)
        {
            var read = JsonSerializer.SerializeToNode(JsonSerializer.Deserialize(stored, message, options), message, options)!;
            Assert.Empty(Lost(JsonNode.Parse(stored)!, read, message.Name));
        }
    }

    [Fact]
    public void A_renamed_member_is_found()
    {
        var stored = JsonNode.Parse("""{"step":"analyze","millis":3}""")!;
        var read = JsonSerializer.SerializeToNode(stored.Deserialize<StepMeasured>(JsonSerializerOptions.Web), JsonSerializerOptions.Web)!;
        Assert.Equal(["StepMeasured.millis"], Lost(stored, read, nameof(StepMeasured)));
    }

    [Fact]
    public void Samples_are_written_on_request()
    {
        if (Environment.GetEnvironmentVariable("HUB_WRITE_SAMPLES") != "1")
        {
            return;
        }
        var folder = Directory.CreateDirectory(RepositoryRoot.Of("tests", "Contracts.Tests", "Version1")).FullName;
        foreach (var message in Messages.Select(row => row.Data))
        {
            var file = Path.Combine(folder, $"{message.Name}.json");
            if (!File.Exists(file))
            {
                File.WriteAllText(file, JsonSerializer.Serialize(Sample.Of(message), message, new JsonSerializerOptions(JsonSerializerDefaults.Web) { WriteIndented = true }) + "\n");
            }
        }
    }

    /// <summary>Members of the stored message that the present type did not take over.</summary>
    private static IEnumerable<string> Lost(JsonNode stored, JsonNode? read, string path) => stored switch
    {
        JsonObject members => members.SelectMany(member => member.Value is null ? [] : Lost(member.Value, (read as JsonObject)?[member.Key], $"{path}.{member.Key}")),
        JsonArray items => items.SelectMany((item, index) => Lost(item!, (read as JsonArray)?[index], $"{path}[{index}]")),
        // The bus writes a decimal as text: the value counts, not its quotes.
        _ => stored.ToString() == read?.ToString() ? [] : [path],
    };
}
