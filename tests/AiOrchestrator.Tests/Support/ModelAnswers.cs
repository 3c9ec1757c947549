using System.Text;
using System.Text.Json;
using EnterpriseHub.TestKit.Fuzz;

namespace EnterpriseHub.AiOrchestrator.Tests.Support;

/// <summary>Good answers of the Messages API, and spoiled ones: within the model's own JSON, or in what carries it.</summary>
internal static class ModelAnswers
{
    public const string Analysis =
        """
        {"intent":"sell","sentiment":"positive","urgency":"high","language":"en","objections":["price","timing"],"facts":{"motivation":"moving","timeline":"30 days","timeline_accepted":true,
        "condition":"good","price":650000,"address":"1 Elm St","budget_max":450000,"bedrooms":3,"bathrooms":"2.5","area":"downtown","preapproved":"yes"},"needs_human":false,"opt_out":false}
        """;

    public const string Draft = """{"reply":"Thanks for that. What is the address of the property?","asks":"address","needs_human":false}""";

    private static readonly string[] Stops = ["end_turn", "end_turn", "end_turn", "end_turn", "END_TURN", "stop_sequence", "max_tokens", "refusal", "tool_use", "pause_turn", "", "new_reason"];

    /// <summary>The body of an answer that carries a text.</summary>
    public static byte[] Message(string text, string stop = "end_turn") => JsonSerializer.SerializeToUtf8Bytes(new
    {
        id = "msg_1", type = "message", role = "assistant", model = "claude-haiku-5-5", stop_reason = stop, stop_sequence = (string?)null,
        content = new object[] { new { type = "thinking", thinking = "", signature = "s" }, new { type = "text", text } },
        usage = new { input_tokens = 400, output_tokens = 200, cache_creation_input_tokens = 0, cache_read_input_tokens = 3000 },
    });

    /// <summary>A body that is spoiled in one of the two, or in both.</summary>
    public static byte[] Spoiled(Random random, string good)
    {
        var text = random.Next(3) == 0 ? good : Encoding.UTF8.GetString(Mutator.Spoil(random, Encoding.UTF8.GetBytes(good)));
        var body = Message(text, Stops[random.Next(Stops.Length)]);
        return random.Next(3) == 0 ? Mutator.Spoil(random, body) : body;
    }
}
