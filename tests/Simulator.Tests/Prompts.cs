using System.Text.Json;
using System.Text.Json.Nodes;

namespace EnterpriseHub.Simulator.Tests;

/// <summary>Requests as the orchestrator sends them.</summary>
internal static class Prompts
{
    public const string Questions = """
        motivation: What has you thinking about selling?
        timeline: Would selling within 30 to 45 days work for you?
        condition: What shape is the house in?
        price: What price do you have in mind?
        """;

    private const string Analysis = """
        {"type":"object","additionalProperties":false,"required":["intent","sentiment","urgency","language","needs_human","opt_out","objections","entities"],"properties":{
          "intent":{"enum":["seller","buyer","question","opt_out","human_request","appointment","greeting","not_interested","other"]},
          "sentiment":{"enum":["positive","neutral","negative"]},"urgency":{"enum":["low","medium","high"]},"language":{"enum":["en","es"]},
          "needs_human":{"type":"boolean"},"opt_out":{"type":"boolean"},"objections":{"type":"array","items":{"type":"string"}},
          "entities":{"$ref":"#/$defs/entities"}},
         "$defs":{"text":{"anyOf":[{"type":"string"},{"type":"null"}]},"entities":{"type":"object","additionalProperties":false,
          "required":["motivation","destination","timeline","timeline_accepted","condition","price","address","budget_min","budget_max","area","bedrooms","bathrooms","financing","property_type"],
          "properties":{"motivation":{"$ref":"#/$defs/text"},"destination":{"$ref":"#/$defs/text"},"timeline":{"$ref":"#/$defs/text"},"timeline_accepted":{"type":["boolean","null"]},
          "condition":{"$ref":"#/$defs/text"},"price":{"type":["number","null"]},"address":{"$ref":"#/$defs/text"},"budget_min":{"type":["number","null"]},"budget_max":{"type":["number","null"]},
          "area":{"$ref":"#/$defs/text"},"bedrooms":{"type":["integer","null"]},"bathrooms":{"type":["integer","null"]},"financing":{"enum":["cash","pre_approved","mortgage","unknown"]},
          "property_type":{"$ref":"#/$defs/text"}}}}}
        """;

    private const string Draft = """
        {"type":"object","additionalProperties":false,"required":["reply","asks","needs_human"],"properties":{"reply":{"type":"string"},"asks":{"type":"string"},"needs_human":{"type":"boolean"}}}
        """;

    public static JsonObject Analyse(string messages, string mode = "seller", string known = "", string questions = Questions) => Build(Analysis, messages, mode, known, questions);

    public static JsonObject DraftReply(string messages, string mode = "seller", string known = "", string questions = Questions) => Build(Draft, messages, mode, known, questions);

    public static JsonObject Plain(string text, bool stream = false) => new()
    {
        ["model"] = "claude-haiku-5-5",
        ["max_tokens"] = 1000,
        ["stream"] = stream,
        ["messages"] = new JsonArray(new JsonObject { ["role"] = "user", ["content"] = text }),
    };

    public static JsonObject WithSchema(string schema, string text = "Hi, I want to sell my house for $450,000")
    {
        var body = Plain(text);
        body["output_config"] = new JsonObject { ["format"] = new JsonObject { ["type"] = "json_schema", ["schema"] = JsonNode.Parse(schema) } };
        return body;
    }

    public static JsonElement Text(JsonElement answer) => JsonElement.Parse(answer.GetProperty("content")[0].GetProperty("text").GetString()!);

    private static JsonObject Build(string schema, string messages, string mode, string known, string questions) => WithSchema(schema, $"""
        <mode>{mode}</mode>
        <contact>
        first_name: Maria
        </contact>
        <known>
        {known}
        </known>
        <open_questions>
        {questions}
        </open_questions>
        <messages>
        {messages}
        </messages>
        """);
}
