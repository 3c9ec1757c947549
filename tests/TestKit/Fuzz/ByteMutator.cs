namespace EnterpriseHub.TestKit.Fuzz;

/// <summary>One change that knows nothing of the content.</summary>
public static class ByteMutator
{
    /// <summary>Flips, cuts, inserts, repeats or overwrites.</summary>
    public static byte[] Change(Random random, byte[] body)
    {
        if (body.Length == 0)
        {
            return [(byte)random.Next(256)];
        }
        var place = random.Next(body.Length);
        var end = Math.Min(body.Length, place + random.Next(1, 40));
        return random.Next(7) switch
        {
            0 or 1 => With(body, place, (byte)(body[place] ^ (1 << random.Next(8)))),
            2 => body[..place],
            3 => [.. body[..place], .. Noise(random), .. body[place..]],
            4 => [.. body[..place], .. body[end..]],
            5 => [.. body[..end], .. body[place..]],
            _ => With(body, place, random.Next(2) == 0 ? (byte)0 : (byte)0xFF),
        };
    }

    private static byte[] Noise(Random random)
    {
        var noise = new byte[random.Next(1, 12)];
        random.NextBytes(noise);
        return noise;
    }

    private static byte[] With(byte[] body, int place, byte value)
    {
        var changed = (byte[])body.Clone();
        changed[place] = value;
        return changed;
    }
}
