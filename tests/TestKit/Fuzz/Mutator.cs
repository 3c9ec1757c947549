namespace EnterpriseHub.TestKit.Fuzz;

/// <summary>Spoils a good body: by its bytes, by its meaning, or both.</summary>
public static class Mutator
{
    /// <summary>One to three changes of a JSON document.</summary>
    public static byte[] Spoil(Random random, byte[] body)
    {
        for (var changes = random.Next(1, 4); changes > 0; changes--)
        {
            body = random.Next(100) switch
            {
                < 72 => JsonMutator.Change(random, body),
                < 92 => ByteMutator.Change(random, body),
                _ => Whole(random, body),
            };
        }
        return body;
    }

    /// <summary>Something about the document as a whole.</summary>
    private static byte[] Whole(Random random, byte[] body) => random.Next(9) switch
    {
        0 => [0xEF, 0xBB, 0xBF, .. body],
        1 => System.Text.Encoding.Unicode.GetBytes(System.Text.Encoding.UTF8.GetString(body)),
        2 => [.. body, .. body],
        3 => [(byte)'[', .. body, (byte)']'],
        4 => [],
        5 => [.. body, (byte)'}'],
        6 => [.. "  \r\n\t"u8, .. body],
        _ => Padded(body, (256 * 1024) + random.Next(-1, 2)),
    };

    private static byte[] Padded(byte[] body, int length)
    {
        if (body.Length >= length)
        {
            return body;
        }
        var padded = new byte[length];
        Array.Fill(padded, (byte)' ');
        body.CopyTo(padded, 0);
        return padded;
    }
}
