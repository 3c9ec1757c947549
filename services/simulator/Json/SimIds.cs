using System.Security.Cryptography;

namespace EnterpriseHub.Simulator.Json;

/// <summary>Ids that look like the real ones.</summary>
internal static class SimIds
{
    private const string Alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

    /// <summary>20 characters, as GHL's.</summary>
    public static string Ghl() => RandomNumberGenerator.GetString(Alphabet, 20);

    /// <summary>A prefix such as <c>msg_01</c> and 22 characters, as Claude's.</summary>
    public static string Claude(string prefix) => prefix + RandomNumberGenerator.GetString(Alphabet, 22);

    /// <summary>A version 4 UUID, as <c>webhookId</c> and <c>traceId</c>.</summary>
    public static string Uuid()
    {
        Span<byte> bytes = stackalloc byte[16];
        RandomNumberGenerator.Fill(bytes);
        bytes[7] = (byte)((bytes[7] & 0x0F) | 0x40);
        bytes[8] = (byte)((bytes[8] & 0x3F) | 0x80);
        return new Guid(bytes).ToString();
    }

    /// <summary>A hash that is the same in every process.</summary>
    public static uint Stable(string text)
    {
        var hash = 2166136261u;
        foreach (var letter in text)
        {
            hash = (hash ^ letter) * 16777619u;
        }
        return hash;
    }
}
