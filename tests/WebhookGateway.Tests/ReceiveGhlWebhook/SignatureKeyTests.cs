using System.Runtime.InteropServices;
using System.Security.Cryptography;
using EnterpriseHub.Platform.Hosting;
using EnterpriseHub.WebhookGateway.ReceiveGhlWebhook.Signature;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;

namespace EnterpriseHub.WebhookGateway.Tests.ReceiveGhlWebhook;

/// <summary>Which keys are taken, and what of a header reaches them.</summary>
public sealed class SignatureKeyTests
{
    private static readonly string Pem = $"-----BEGIN PUBLIC KEY-----\n{SigningKey.Test.Spki}\n-----END PUBLIC KEY-----\n";

    private static readonly (string What, string Algorithm, string Value)[] Wrong =
    [
        ("an X25519 key", "Ed25519", "MCowBQYDK2VuAyEA" + new string('A', 42) + "A="),
        ("an Ed25519 key cut short", "Ed25519", Convert.ToBase64String(Convert.FromBase64String(SigningKey.Test.Spki)[..43])),
        ("an Ed25519 key with a byte more", "Ed25519", Convert.ToBase64String([.. Convert.FromBase64String(SigningKey.Test.Spki), 0])),
        ("a private key's PEM", "Ed25519", Pem.Replace("PUBLIC", "PRIVATE", StringComparison.Ordinal)),
        ("PEM without an end", "Ed25519", Pem[..60]),
        ("a folder", "Ed25519", Path.GetTempPath()),
        ("an RSA key of 1 024 bits", "Rsa", Spki(1024)),
        ("no RSA key", "Rsa", "AAAA"),
    ];

    public static TheoryData<string> Names => [.. Wrong.Select(one => one.What)];

    [Theory, MemberData(nameof(Names))]
    public void A_key_that_is_none_stops_the_start(string what)
    {
        var (_, algorithm, value) = Wrong.Single(one => one.What == what);
        var wrong = Assert.Throws<SettingException>(() => Read($"Ghl:WebhookKeys:{algorithm}:0", value));

        Assert.Equal($"Ghl:WebhookKeys:{algorithm}:0", wrong.Key);
        Assert.Contains($"PEM text, base64 of the SPKI, or the path of a PEM file, of an {algorithm} public key", wrong.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_that_cannot_be_read_stops_the_start_too()
    {
        var file = Path.Combine(Directory.CreateTempSubdirectory("hub-key-").FullName, "key.pem");
        using var held = new FileStream(file, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None);

        Assert.Equal("Ghl:WebhookKeys:Ed25519:0", Assert.Throws<SettingException>(() => Read("Ghl:WebhookKeys:Ed25519:0", file)).Key);
    }

    [Theory]
    [InlineData(40, false)]
    [InlineData(41, true)]
    public void A_wrong_value_is_told_with_forty_letters_at_most(int length, bool isCut)
    {
        var value = new string('!', length);

        var message = Assert.Throws<SettingException>(() => Read("Ghl:WebhookKeys:Rsa:0", value)).Message;

        Assert.Contains($"'{new string('!', 40)}{(isCut ? "…" : "")}'", message, StringComparison.Ordinal);
    }

    [Fact]
    public void Blanks_around_a_key_and_places_left_empty_do_no_harm()
    {
        var settings = new ConfigurationBuilder().AddInMemoryCollection(
        [
            KeyValuePair.Create("Ghl:WebhookKeys:Ed25519:0", (string?)" "),
            KeyValuePair.Create("Ghl:WebhookKeys:Ed25519:1", (string?)$" {SigningKey.Test.Spki}\n"),
        ]).Build();

        Assert.True(Assert.Single(WebhookKeys.Read(settings).Ed25519).Verifies([1], SigningKey.Test.Sign([1])));
    }

    [Fact]
    public void A_second_wrong_key_is_named_by_its_place()
    {
        var settings = new ConfigurationBuilder().AddInMemoryCollection(
        [
            KeyValuePair.Create("Ghl:WebhookKeys:Ed25519:0", (string?)SigningKey.Test.Spki),
            KeyValuePair.Create("Ghl:WebhookKeys:Ed25519:1", (string?)"AAAA"),
        ]).Build();

        Assert.Equal("Ghl:WebhookKeys:Ed25519:1", Assert.Throws<SettingException>(() => WebhookKeys.Read(settings)).Key);
    }

    [Theory]
    [InlineData(1536, true)]
    [InlineData(1539, false)]
    public void A_header_is_read_up_to_2048_letters(int bytes, bool signed)
    {
        var check = new SignatureCheck(new WebhookKeys([new AnyOfLength(bytes)], []));

        Assert.Equal(signed, check.IsSigned(new HeaderDictionary { ["X-GHL-Signature"] = Convert.ToBase64String(new byte[bytes]) }, [1]));
    }

    [Fact]
    public void A_key_is_asked_only_about_a_signature_of_its_length()
    {
        var check = new SignatureCheck(new WebhookKeys([new AnyOfLength(64)], []));

        Assert.True(check.IsSigned(new HeaderDictionary { ["X-GHL-Signature"] = Convert.ToBase64String(new byte[64]) }, [1]));
        Assert.False(check.IsSigned(new HeaderDictionary { ["X-GHL-Signature"] = Convert.ToBase64String(new byte[63]) }, [1]));
        Assert.False(check.IsSigned(new HeaderDictionary { ["X-GHL-Signature"] = Convert.ToBase64String(new byte[65]) }, [1]));
    }

    /// <summary>The queue is the thread's: what is left there, the next TLS call on this thread would take for its own.</summary>
    [Fact]
    public void What_libcrypto_refuses_leaves_no_error_behind()
    {
        Assert.SkipUnless(LibcryptoEd25519Key.IsAvailable, "libcrypto.so.3 is not here.");
        var key = new LibcryptoEd25519Key(SigningKey.Test.Public);

        Assert.False(key.Verifies([1], new byte[3]));
        Assert.Equal((nuint)0, ERR_peek_error());
        Assert.Throws<InvalidOperationException>(() => new LibcryptoEd25519Key([1, 2, 3]));
        Assert.Equal((nuint)0, ERR_peek_error());
    }

    private static WebhookKeys Read(string key, string value) =>
        WebhookKeys.Read(new ConfigurationBuilder().AddInMemoryCollection([KeyValuePair.Create(key, (string?)value)]).Build());

    private static string Spki(int bits)
    {
        using var rsa = RSA.Create(bits);
        return Convert.ToBase64String(rsa.ExportSubjectPublicKeyInfo());
    }

#pragma warning disable SYSLIB1054 // Generated marshalling needs unsafe blocks.
    [DllImport("libcrypto.so.3")]
    private static extern nuint ERR_peek_error();
#pragma warning restore SYSLIB1054

    /// <summary>Takes whatever has its length.</summary>
    private sealed class AnyOfLength(int bytes) : IVerifyingKey
    {
        public int SignatureLength => bytes;

        public bool Verifies(byte[] message, byte[] signature) => true;
    }
}
