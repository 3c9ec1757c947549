using EnterpriseHub.Platform.Hosting;
using EnterpriseHub.WebhookGateway.ReceiveGhlWebhook.Signature;
using FsCheck;
using FsCheck.Fluent;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Primitives;

namespace EnterpriseHub.WebhookGateway.Tests.ReceiveGhlWebhook;

public sealed class SignatureTests
{
    public static TheoryData<string, string, string> Rfc8032 => new()
    {
        { "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a", "", "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b" },
        { "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c", "72", "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00" },
        { "fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025", "af82", "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac18ff9b538d16f290ae67f760984dc6594a7c15e9716ed28dc027beceea1ec40a" },
    };

    [Theory]
    [MemberData(nameof(Rfc8032))]
    public void Both_implementations_agree_with_RFC_8032(string publicKey, string message, string signature)
    {
        var key = Convert.FromHexString(publicKey);
        var (body, sign) = (Convert.FromHexString(message), Convert.FromHexString(signature));
        Assert.True(new ManagedEd25519Key(key).Verifies(body, sign));
        Assert.True(new LibcryptoEd25519Key(key).Verifies(body, sign));
        sign[5] ^= 1;
        Assert.False(new ManagedEd25519Key(key).Verifies(body, sign));
        Assert.False(new LibcryptoEd25519Key(key).Verifies(body, sign));
    }

    [Fact]
    public void The_native_library_is_used_where_it_is() =>
        Assert.Equal(LibcryptoEd25519Key.IsAvailable, WebhookKeys.FromRaw(SigningKey.Test.Public) is LibcryptoEd25519Key);

    [Fact]
    public void Both_implementations_give_the_same_answer_to_anything()
    {
        var native = new LibcryptoEd25519Key(SigningKey.Test.Public);
        var managed = new ManagedEd25519Key(SigningKey.Test.Public);
        Prop.ForAll<byte[], int, byte>((body, place, flip) =>
        {
            var signature = SigningKey.Test.Sign(body);
            signature[(int)((uint)place % 64)] ^= flip;
            var expected = flip == 0;
            return native.Verifies(body, signature) == expected && managed.Verifies(body, signature) == expected;
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(300));
    }

    [Fact]
    public void One_key_serves_many_threads()
    {
        var key = new LibcryptoEd25519Key(SigningKey.Test.Public);
        var signed = Enumerable.Range(0, 64).Select(number => new[] { (byte)number }).Select(body => (body, SigningKey.Test.Sign(body))).ToArray();
        Parallel.For(0, 2000, number => Assert.Equal(number % 3 != 0, key.Verifies(signed[number % 64].body, signed[(number % 64 + (number % 3 == 0 ? 1 : 0)) % 64].Item2)));
    }

    [Theory]
    [InlineData("Ed25519", "nonsense!")]
    [InlineData("Ed25519", "AAAA")]
    [InlineData("Ed25519", "/no/such/file.pem")]
    [InlineData("Rsa", "MCowBQYDK2VwAyEAi2HR1srL4o18O8BRa7gVJY7G7bupbN3H9AwJrHCDiOg=")]
    public void A_wrong_key_stops_the_start_and_is_named(string algorithm, string value)
    {
        var wrong = Assert.Throws<SettingException>(() => WebhookKeys.Read(Settings(($"Ghl:WebhookKeys:{algorithm}:0", value))));
        Assert.Equal($"Ghl:WebhookKeys:{algorithm}:0", wrong.Key);
    }

    [Fact]
    public void A_key_is_read_as_PEM_as_base64_or_from_a_file()
    {
        var pem = $"-----BEGIN PUBLIC KEY-----\n{SigningKey.Test.Spki}\n-----END PUBLIC KEY-----\n";
        var file = Path.Combine(Directory.CreateTempSubdirectory("hub-key-").FullName, "key.pem");
        File.WriteAllText(file, pem);
        var body = "{}"u8.ToArray();
        foreach (var value in new[] { pem, pem.Replace("\n", "\\n", StringComparison.Ordinal), SigningKey.Test.Spki, file })
        {
            var keys = WebhookKeys.Read(Settings(("Ghl:WebhookKeys:Ed25519:0", value)));
            Assert.True(Assert.Single(keys.Ed25519).Verifies(body, SigningKey.Test.Sign(body)));
        }
    }

    [Fact]
    public void Without_a_setting_the_published_key_is_used_and_RSA_is_closed()
    {
        var keys = WebhookKeys.Read(Settings());
        Assert.Single(keys.Ed25519);
        Assert.Empty(keys.Rsa);
        Assert.Empty(WebhookKeys.Read(Settings(("Ghl:WebhookKeys:Rsa:0", ""))).Rsa);
    }

    [Fact]
    public void Any_key_of_the_list_may_have_signed()
    {
        var second = new SigningKey([.. Enumerable.Repeat((byte)9, 32)]);
        var check = new SignatureCheck(WebhookKeys.Read(Settings(("Ghl:WebhookKeys:Ed25519:0", SigningKey.Test.Spki), ("Ghl:WebhookKeys:Ed25519:1", second.Spki))));
        var body = "{}"u8.ToArray();
        Assert.True(check.IsSigned(Headers(("X-GHL-Signature", second.SignBase64(body))), body));
    }

    [Fact]
    public void The_old_header_counts_only_with_a_key_and_never_beside_a_bad_new_one()
    {
        using var rsa = System.Security.Cryptography.RSA.Create(2048);
        var body = "{}"u8.ToArray();
        var old = Convert.ToBase64String(rsa.SignData(body, System.Security.Cryptography.HashAlgorithmName.SHA256, System.Security.Cryptography.RSASignaturePadding.Pkcs1));
        var open = new SignatureCheck(WebhookKeys.Read(Settings(
            ("Ghl:WebhookKeys:Ed25519:0", SigningKey.Test.Spki), ("Ghl:WebhookKeys:Rsa:0", Convert.ToBase64String(rsa.ExportSubjectPublicKeyInfo())))));
        var closed = new SignatureCheck(WebhookKeys.Read(Settings(("Ghl:WebhookKeys:Ed25519:0", SigningKey.Test.Spki))));

        Assert.True(open.IsSigned(Headers(("X-WH-Signature", old)), body));
        Assert.True(open.IsSigned(Headers(("X-GHL-Signature", "N/A"), ("X-WH-Signature", old)), body));
        Assert.False(closed.IsSigned(Headers(("X-WH-Signature", old)), body));
        Assert.False(open.IsSigned(Headers(("X-GHL-Signature", Convert.ToBase64String(new byte[64])), ("X-WH-Signature", old)), body));
        Assert.False(open.IsSigned(Headers(("X-GHL-Signature", old)), body));
        Assert.False(open.IsSigned(Headers(("X-WH-Signature", SigningKey.Test.SignBase64(body))), body));
    }

    private static HeaderDictionary Headers(params (string Name, string Value)[] headers) =>
        new(headers.ToDictionary(header => header.Name, header => new StringValues(header.Value)));

    private static IConfiguration Settings(params (string Key, string Value)[] settings) =>
        new ConfigurationBuilder().AddInMemoryCollection(settings.Select(pair => KeyValuePair.Create(pair.Key, (string?)pair.Value))).Build();
}
