using System.Diagnostics;
using System.Text;
using Npgsql;

namespace EnterpriseHub.Flow.Tests.Access;

/// <summary>The bytes that a thief has, and what can be found in them.</summary>
internal sealed class StolenGoods(byte[] bytes, bool isBytes)
{
    /// <summary>True for files as they lie on the disk; false for a dump, which writes bytes in hex.</summary>
    public bool IsBytes => isBytes;

    public static bool CanDump => File.Exists("/usr/bin/pg_dump");

    /// <summary>Every file of the store, its logs included; not the key files beside it.</summary>
    public static async Task<StolenGoods> FilesAsync(string folder)
    {
        var all = new MemoryStream();
        foreach (var file in Directory.GetFiles(folder).Where(name => !name.Contains(".key", StringComparison.Ordinal)))
        {
            await using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            await stream.CopyToAsync(all);
        }
        return new StolenGoods(all.ToArray(), isBytes: true);
    }

    /// <summary>The backup that the operator's guide describes.</summary>
    public static async Task<StolenGoods> DumpAsync(string connection)
    {
        var address = new NpgsqlConnectionStringBuilder(connection);
        var start = new ProcessStartInfo("/usr/bin/pg_dump", ["--enable-row-security", "-h", address.Host!, "-p", $"{address.Port}", "-U", address.Username!, "-d", address.Database!])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            Environment = { ["PGPASSWORD"] = address.Password, ["PGOPTIONS"] = "-c hub.location=*" },
        };
        using var dump = Process.Start(start)!;
        var complaint = dump.StandardError.ReadToEndAsync();
        var text = await dump.StandardOutput.ReadToEndAsync();
        await dump.WaitForExitAsync();
        Assert.True(dump.ExitCode == 0, await complaint);
        return new StolenGoods(Encoding.UTF8.GetBytes(text), isBytes: false);
    }

    /// <summary>The ways of writing in which a text is there.</summary>
    public IReadOnlyList<string> Finds(string text) =>
        [.. Writings(text).Where(writing => bytes.AsSpan().IndexOf(Encoding.UTF8.GetBytes(writing.Text)) >= 0).Select(writing => writing.Name).Distinct()];

    private static IEnumerable<(string Name, string Text)> Writings(string text)
    {
        var plain = Encoding.UTF8.GetBytes(text);
        yield return ("plain", text);
        yield return ("hex", Convert.ToHexString(plain));
        yield return ("hex", Convert.ToHexStringLower(plain));
        yield return ("UTF-16", Encoding.UTF8.GetString(Encoding.Unicode.GetBytes(text)));
        // Within a longer text it may begin at any of three places of base64's groups; what is whole in the middle is the same.
        for (var before = 0; before < 3; before++)
        {
            var middle = Convert.ToBase64String([.. new byte[before], .. plain])[(before == 0 ? 0 : 4)..];
            middle = middle.EndsWith('=') ? middle[..^4] : middle;
            if (middle.Length >= 8)
            {
                yield return ("base64", middle);
                yield return ("base64", middle.Replace('+', '-').Replace('/', '_'));
            }
        }
    }
}
