using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using EnterpriseHub.Simulator.Json;

namespace EnterpriseHub.Simulator.Claude;

/// <summary>
/// The prompt as a row of blocks (tools, system, messages) with the running hash and token count after each.
/// Blocks are hashed without their <c>cache_control</c>, so a breakpoint may move.
/// </summary>
internal sealed class PromptPrefix
{
    private readonly List<Block> blocks = [];

    public IReadOnlyList<Block> Blocks => blocks;

    public int Tokens => blocks.Count == 0 ? 0 : blocks[^1].TokensSoFar;

    public int Breakpoints => blocks.Count(block => block.Ttl is not null);

    public static PromptPrefix Read(ClaudeRequest request)
    {
        var prefix = new PromptPrefix();
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        // Another key, model or output format never shares a prefix.
        hash.AppendData(Encoding.UTF8.GetBytes($"{request.ApiKey}\n{request.Model}\n"));
        hash.AppendData(request.Schema?.Hash ?? []);
        var characters = 0;
        foreach (var tool in request.Body.Items("tools"))
        {
            prefix.Add(tool, "tool"u8, hash, ref characters);
        }
        prefix.AddContent(request.Body.Member("system"), "system"u8, hash, ref characters);
        foreach (var message in request.Body.Items("messages"))
        {
            prefix.AddContent(message.Member("content"), JsonText.Raw(message.GetProperty("role")), hash, ref characters);
        }
        if (request.Body.Member("cache_control") is { } automatic && prefix.blocks.Count > 0)
        {
            prefix.blocks[^1] = prefix.blocks[^1] with { Ttl = prefix.blocks[^1].Ttl ?? TtlOf(automatic) };
        }
        return prefix;
    }

    private void AddContent(JsonElement? content, ReadOnlySpan<byte> role, IncrementalHash hash, ref int characters)
    {
        if (content is { ValueKind: JsonValueKind.String } text)
        {
            hash.AppendData(role);
            hash.AppendData("text"u8);
            hash.AppendData(JsonText.Raw(text));
            characters += Count(JsonText.Raw(text)) - 2;
            blocks.Add(new Block(Current(hash), characters / 4, null));
        }
        else if (content is { ValueKind: JsonValueKind.Array } array)
        {
            foreach (var block in array.EnumerateArray())
            {
                Add(block, role, hash, ref characters);
            }
        }
    }

    private void Add(JsonElement block, ReadOnlySpan<byte> role, IncrementalHash hash, ref int characters)
    {
        hash.AppendData(role);
        if (block.Text("type") == "text" && block.Member("text") is { } text)
        {
            hash.AppendData("text"u8);
            hash.AppendData(JsonText.Raw(text));
            characters += Count(JsonText.Raw(text)) - 2;
        }
        else if (block.ValueKind == JsonValueKind.Object)
        {
            foreach (var member in block.EnumerateObject().Where(member => member.Name != "cache_control"))
            {
                hash.AppendData(Encoding.UTF8.GetBytes(member.Name));
                hash.AppendData(JsonText.Raw(member.Value));
                characters += Count(JsonText.Raw(member.Value));
            }
        }
        blocks.Add(new Block(Current(hash), characters / 4, block.Member("cache_control") is { } control ? TtlOf(control) : null));
    }

    private static TimeSpan TtlOf(JsonElement control) => control.Text("ttl") == "1h" ? TimeSpan.FromHours(1) : TimeSpan.FromMinutes(5);

    private static UInt128 Current(IncrementalHash hash)
    {
        Span<byte> digest = stackalloc byte[32];
        hash.GetCurrentHash(digest);
        return System.Buffers.Binary.BinaryPrimitives.ReadUInt128BigEndian(digest);
    }

    /// <summary>Characters of JSON text; an escape is one character.</summary>
    private static int Count(ReadOnlySpan<byte> raw)
    {
        if (Ascii.IsValid(raw) && !raw.Contains((byte)'\\'))
        {
            return raw.Length;
        }
        var count = 0;
        for (var at = 0; at < raw.Length; at++)
        {
            if ((raw[at] & 0xC0) == 0x80)
            {
                continue;
            }
            if (raw[at] == '\\')
            {
                at += at + 1 < raw.Length && raw[at + 1] == 'u' ? 5 : 1;
            }
            count++;
        }
        return count;
    }

    /// <summary>One block.</summary>
    /// <param name="Hash">Of everything up to and with it.</param>
    /// <param name="TokensSoFar">Estimate, characters / 4.</param>
    /// <param name="Ttl">Set when the block is a breakpoint.</param>
    internal readonly record struct Block(UInt128 Hash, int TokensSoFar, TimeSpan? Ttl);
}
