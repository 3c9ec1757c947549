using System.Security.Cryptography;
using EnterpriseHub.WebhookGateway.ReceiveGhlWebhook.Signature;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Primitives;

namespace EnterpriseHub.WebhookGateway.Tests.ReceiveGhlWebhook;

/// <summary>Every dress a signature can come in, with both headers open: one spelling is right, and the old header never rescues a bad new one.</summary>
public sealed class SignatureVectorTests
{
    private static readonly byte[] Body = "{\"type\":\"Hello\"}"u8.ToArray();
    private static readonly string New = SigningKey.Test.SignBase64(Body);
    private static readonly RSA Rsa = RSA.Create(2048);
    private static readonly string Old = Convert.ToBase64String(Rsa.SignData(Body, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1));
    private static readonly string Pss = Convert.ToBase64String(Rsa.SignData(Body, HashAlgorithmName.SHA256, RSASignaturePadding.Pss));
    private static readonly string Sha1 = Convert.ToBase64String(Rsa.SignData(Body, HashAlgorithmName.SHA1, RSASignaturePadding.Pkcs1));
    private static readonly string Ecdsa = Convert.ToBase64String(ECDsa.Create(ECCurve.NamedCurves.nistP256).SignData(Body, HashAlgorithmName.SHA256));

    private static readonly SignatureCheck Check = new(WebhookKeys.Read(new ConfigurationBuilder().AddInMemoryCollection(
    [
        KeyValuePair.Create("Ghl:WebhookKeys:Ed25519:0", (string?)SigningKey.Test.Spki),
        KeyValuePair.Create("Ghl:WebhookKeys:Rsa:0", (string?)Convert.ToBase64String(Rsa.ExportSubjectPublicKeyInfo())),
    ]).Build()));

    /// <summary>What, values of the new header, values of the old header, signed or not.</summary>
    private static readonly (string What, string[] New, string[] Old, bool Signed)[] Vectors =
    [
        ("the new header", [New], [], true),
        ("the new header beside a bad old one", [New], ["AAAA"], true),
        ("the old header alone", [], [Old], true),
        ("the old header where the new one says N/A", ["N/A"], [Old], true),
        ("the old header where the new one is empty", [""], [Old], true),
        ("nothing", [], [], false),
        ("N/A twice", ["N/A"], ["N/A"], false),
        ("N/A in small letters is a signature, and a bad one", ["n/a"], [Old], false),
        ("tampered", [Flip(New)], [], false),
        ("tampered, with a good old one", [Flip(New)], [Old], false),
        ("the old header tampered", [], [Flip(Old)], false),
        ("cut to 63 bytes", [Bytes(New)[..63].ToBase64()], [], false),
        ("65 bytes", [((byte[])[.. Bytes(New), 0]).ToBase64()], [], false),
        ("32 bytes", [Bytes(New)[..32].ToBase64()], [], false),
        ("all zeros", [new byte[64].ToBase64()], [], false),
        ("RSA in the new header", [Old], [], false),
        ("Ed25519 in the old header", [], [New], false),
        ("RSA-PSS", [], [Pss], false),
        ("RSA over SHA-1", [], [Sha1], false),
        ("ECDSA", [Ecdsa], [], false),
        ("an HMAC keyed with the public key", [HMACSHA512.HashData(SigningKey.Test.Public, Body).ToBase64()], [], false),
        ("url-safe", [((byte[])[251, 255, .. Bytes(New)[2..]]).ToBase64().Replace('+', '-').Replace('/', '_')], [], false),
        ("without padding", [New.TrimEnd('=')], [], false),
        ("padded twice", [New + "=="], [], false),
        ("other bits in the padding's letter", [Loose(New)], [], false),
        ("a blank before", [" " + New], [], false),
        ("a line break inside", [New.Insert(40, "\r\n")], [], false),
        ("hexadecimal", [Convert.ToHexString(Bytes(New))], [], false),
        ("with the algorithm's name", ["ed25519=" + New], [], false),
        ("joined by a comma", [New + "," + New], [], false),
        ("two headers", [New, New], [], false),
        ("two headers, one N/A", ["N/A", New], [], false),
        ("two new headers and a good old one", [New, New], [Old], false),
        ("two old headers", [], [Old, Old], false),
        ("100 kB", [new string('A', 100_000)], [], false),
    ];

    public static TheoryData<string> Names => [.. Vectors.Select(vector => vector.What)];

    [Theory, MemberData(nameof(Names))]
    public void Is_signed_or_not(string what)
    {
        var vector = Vectors.Single(one => one.What == what);
        var headers = new HeaderDictionary();
        if (vector.New.Length > 0)
        {
            headers["x-GHL-signature"] = new StringValues(vector.New);
        }
        if (vector.Old.Length > 0)
        {
            headers["x-wh-SIGNATURE"] = new StringValues(vector.Old);
        }
        Assert.Equal(vector.Signed, Check.IsSigned(headers, Body));
    }

    private static byte[] Bytes(string base64) => Convert.FromBase64String(base64);

    private static string Flip(string base64)
    {
        var bytes = Bytes(base64);
        bytes[10] ^= 1;
        return bytes.ToBase64();
    }

    /// <summary>The same 64 bytes to a careless reader: the last letter before "==" has four bits that mean nothing.</summary>
    private static string Loose(string base64) => base64[..85] + (char)(base64[85] + 1) + "==";
}

internal static class Base64Extensions
{
    public static string ToBase64(this byte[] bytes) => Convert.ToBase64String(bytes);
}
