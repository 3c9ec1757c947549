using System.Text;
using System.Text.Json;

namespace EnterpriseHub.TestKit.Fuzz;

/// <summary>One change at one place of a JSON document, written as raw text: it can say what no JSON writer would.</summary>
public sealed class JsonMutator
{
    private readonly Random _random;
    private readonly StringBuilder _text = new();
    private int _until;

    private JsonMutator(Random random, int place) => (_random, _until) = (random, place);

    /// <summary>Changes a value or a member; what is no JSON any more is changed by its bytes.</summary>
    public static byte[] Change(Random random, byte[] body)
    {
        try
        {
            using var document = JsonDocument.Parse(body);
            var mutator = new JsonMutator(random, random.Next(Places(document.RootElement)));
            mutator.Write(document.RootElement);
            return Encoding.UTF8.GetBytes(mutator._text.ToString());
        }
        catch (Exception broken) when (broken is JsonException or InvalidOperationException)
        {
            return ByteMutator.Change(random, body);
        }
    }

    private static int Places(JsonElement value) => 1 + value.ValueKind switch
    {
        JsonValueKind.Object => value.EnumerateObject().Sum(member => Places(member.Value)),
        JsonValueKind.Array => value.EnumerateArray().Sum(Places),
        _ => 0,
    };

    private void Write(JsonElement value)
    {
        if (_until-- == 0)
        {
            _text.Append(OddValues.InsteadOf(_random, value.GetRawText()));
            return;
        }
        switch (value.ValueKind)
        {
            case JsonValueKind.Object:
                List('{', value.EnumerateObject(), Member, '}');
                break;
            case JsonValueKind.Array:
                List('[', value.EnumerateArray(), Write, ']');
                break;
            default:
                _text.Append(value.GetRawText());
                break;
        }
    }

    private void Member(JsonProperty member)
    {
        var name = JsonSerializer.Serialize(member.Name);
        if (_until != 0 || _random.Next(3) > 0)
        {
            _text.Append(name).Append(':');
            Write(member.Value);
            return;
        }
        _until--;
        var raw = member.Value.GetRawText();
        _text.Append(_random.Next(8) switch
        {
            0 => $"{name}:{raw},{name}:{OddValues.InsteadOf(_random, raw)}",
            1 => $"{name}:{raw},\"\\u{(int)member.Name.FirstOrDefault('x'):x4}{JsonEncodedText.Encode(member.Name.Length > 1 ? member.Name[1..] : "")}\":{raw}",
            2 => $"\"{JsonEncodedText.Encode(member.Name.ToUpperInvariant())}\":{raw}",
            3 => $"\"{JsonEncodedText.Encode(member.Name)}x\":{raw}",
            4 => $"\"\":{raw}",
            6 => $"{name}:{raw},\"\\ud83d\\u0000\":{raw}",
            5 => $"\"x\":{OddValues.InsteadOf(_random, raw)}",
            _ => $"{name}:{raw},\"__proto__\":{{\"{JsonEncodedText.Encode(member.Name)}\":{raw}}}",
        });
    }

    private void List<T>(char open, IEnumerable<T> items, Action<T> write, char close)
    {
        _text.Append(open);
        var first = true;
        foreach (var item in items)
        {
            _text.Append(first ? "" : ",");
            first = false;
            write(item);
        }
        _text.Append(close);
    }
}
