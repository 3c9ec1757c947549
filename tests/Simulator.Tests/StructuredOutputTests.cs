using System.Text.Json;
using System.Text.Json.Nodes;

namespace EnterpriseHub.Simulator.Tests;

public sealed class StructuredOutputTests(SimulatorHost host) : IClassFixture<SimulatorHost>
{
    private static readonly string[] Names =
        ["intent", "sentiment", "budget", "timeline", "facts", "key", "value", "price", "area", "bedrooms", "needs_human", "objections", "reply", "asks", "whatever", "score", "notes"];

    private static readonly string[] Patterns = ["^[a-z]{3,5}$", @"^\d{4}-\d{2}$", "^(yes|no)$", "^[^0-9]+x?$", @"^#[0-9a-f]{6}$", "^a+b*c?$"];

    [Fact]
    public async Task Answers_validate_against_three_hundred_generated_schemas()
    {
        var random = new Random(20261121);
        for (var count = 0; count < 300; count++)
        {
            var schema = Generate(random);
            var (status, answer) = await host.AskAsync(Prompts.WithSchema(schema.ToJsonString(), random.Next(2) == 0
                ? "Selling my 3 bedroom house in Upland, want $450,000 in 45 days, too low fees! Pre-approved for 300-350k"
                : "hola"));
            Assert.True(status == 200, $"{answer} for {schema.ToJsonString()}");
            var element = JsonElement.Parse(schema.ToJsonString());
            var errors = new SchemaCheck(element).Validate(element, Prompts.Text(answer));
            Assert.True(errors.Count == 0, $"{string.Join("; ", errors)}: {answer} for {schema.ToJsonString()}");
        }
    }

    [Theory]
    [InlineData("""{"type":"object","properties":{"a":{"type":"string"}}}""")]
    [InlineData("""{"type":"object","additionalProperties":true,"properties":{}}""")]
    [InlineData("""{"type":"object","additionalProperties":false,"properties":{"a":{"type":"integer","minimum":1}}}""")]
    [InlineData("""{"type":"object","additionalProperties":false,"properties":{"a":{"type":"string","maxLength":9}}}""")]
    [InlineData("""{"type":"object","additionalProperties":false,"properties":{"a":{"type":"array","items":{"type":"string"},"minItems":2}}}""")]
    [InlineData("""{"type":"object","additionalProperties":false,"properties":{"a":{"type":"string","pattern":"\\bword"}}}""")]
    [InlineData("""{"type":"object","additionalProperties":false,"properties":{"a":{"type":"string","format":"phone"}}}""")]
    [InlineData("""{"type":"object","additionalProperties":false,"properties":{"a":{"$ref":"#"}}}""")]
    [InlineData("""{"type":"object","additionalProperties":false,"properties":{"a":{"$ref":"#/$defs/n"}},"$defs":{"n":{"type":"array","items":{"$ref":"#/$defs/n"}}}}""")]
    [InlineData("""{"type":"object","additionalProperties":false,"required":["b"],"properties":{}}""")]
    public async Task A_schema_with_what_is_not_supported_is_a_400(string schema)
    {
        var (status, answer) = await host.AskAsync(Prompts.WithSchema(schema));
        Assert.Equal(400, status);
        Assert.Contains("output_config.format.schema", answer.GetProperty("error").GetProperty("message").GetString());
    }

    [Fact]
    public async Task More_than_24_optional_properties_are_a_400()
    {
        var properties = new JsonObject([.. Enumerable.Range(0, 25).Select(index => KeyValuePair.Create<string, JsonNode?>("p" + index, new JsonObject { ["type"] = "string" }))]);
        Assert.Equal(400, (await host.AskAsync(Prompts.WithSchema(Object(properties).ToJsonString()))).Status);
    }

    private static JsonObject Generate(Random random)
    {
        var unions = 8;
        var root = Thing(random, 3, ref unions);
        root["$defs"] = new JsonObject { ["shared"] = new JsonObject { ["type"] = "array", ["items"] = new JsonObject { ["type"] = "string" }, ["minItems"] = random.Next(2) } };
        return root;
    }

    private static JsonObject Thing(Random random, int depth, ref int unions)
    {
        var properties = new JsonObject();
        foreach (var name in random.GetItems(Names, random.Next(1, 6)).Distinct())
        {
            properties[name] = Node(random, depth - 1, ref unions);
        }
        var thing = Object(properties);
        // Optional members count over the whole schema, so only the root has some.
        thing["required"] = new JsonArray([.. properties.Where(_ => depth < 3 || random.Next(4) > 0).Select(pair => JsonValue.Create(pair.Key))]);
        return thing;
    }

    private static JsonObject Node(Random random, int depth, ref int unions)
    {
        var kind = random.Next(depth > 0 ? 11 : 8);
        if (kind >= 6 && kind <= 7 && unions-- <= 0)
        {
            kind = 0;
        }
        switch (kind)
        {
            case 0: return new JsonObject { ["type"] = "string" };
            case 1: return new JsonObject { ["type"] = random.Next(2) == 0 ? "integer" : "number" };
            case 2: return new JsonObject { ["type"] = "boolean" };
            case 3: return new JsonObject { ["enum"] = new JsonArray("Hot", "seller", "cash", 3, null) };
            case 4: return random.Next(2) == 0 ? new JsonObject { ["const"] = "fixed" } : new JsonObject { ["$ref"] = "#/$defs/shared" };
            case 5: return random.Next(2) == 0
                ? new JsonObject { ["type"] = "string", ["pattern"] = Patterns[random.Next(Patterns.Length)] }
                : new JsonObject { ["type"] = "string", ["format"] = "date-time" };
            case 6: return new JsonObject { ["type"] = new JsonArray(random.Next(2) == 0 ? "number" : "string", "null") };
            case 7: return new JsonObject { ["anyOf"] = new JsonArray(Node(random, 0, ref unions), new JsonObject { ["type"] = "null" }) };
            case 8: return Thing(random, depth, ref unions);
            default: return new JsonObject { ["type"] = "array", ["items"] = Node(random, depth - 1, ref unions), ["minItems"] = random.Next(2) };
        }
    }

    private static JsonObject Object(JsonObject properties) => new() { ["type"] = "object", ["additionalProperties"] = false, ["properties"] = properties };
}
