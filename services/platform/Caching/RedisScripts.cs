namespace EnterpriseHub.Platform.Caching;

/// <summary>
/// One clock decides, the server's, in microseconds. An entry is <c>asOf tag tag …\ndocument</c>; a tag's stamp is when it was
/// last invalidated. The scripts build the names of stamps themselves, so they need one server (or one shard), not a cluster.
/// </summary>
internal static class RedisScripts
{
    /// <summary>KEYS: entry. ARGV: prefix of stamps. Answers now, and header, document, milliseconds left when it may be served.</summary>
    public const string Read = """
        local t = redis.call('TIME')
        local now = t[1] * 1000000 + t[2]
        local entry = redis.call('GET', KEYS[1])
        if not entry then return {now} end
        local cut = string.find(entry, '\n', 1, true)
        if not cut then return {now} end
        local header = string.sub(entry, 1, cut - 1)
        local asof = nil
        for word in string.gmatch(header, '%S+') do
          if not asof then
            asof = tonumber(word)
          else
            local stamp = redis.call('GET', ARGV[1] .. word)
            if stamp and tonumber(stamp) >= asof then return {now} end
          end
        end
        return {now, header, string.sub(entry, cut + 1), redis.call('PTTL', KEYS[1])}
        """;

    /// <summary>KEYS: entry. ARGV: asOf (0 = now), tags, document, lifetime in ms.</summary>
    public const string Write = """
        local asof = ARGV[1]
        if asof == '0' then
          local t = redis.call('TIME')
          asof = string.format('%.0f', t[1] * 1000000 + t[2])
        end
        redis.call('SET', KEYS[1], asof .. ' ' .. ARGV[2] .. '\n' .. ARGV[3], 'PX', ARGV[4])
        return 1
        """;

    /// <summary>KEYS: stamp. ARGV: channel, message, lifetime in ms (longer than any entry's).</summary>
    public const string Invalidate = """
        local t = redis.call('TIME')
        redis.call('SET', KEYS[1], string.format('%.0f', t[1] * 1000000 + t[2]), 'PX', ARGV[3])
        redis.call('PUBLISH', ARGV[1], ARGV[2])
        return 1
        """;
}
