using System.Runtime.InteropServices;

namespace EnterpriseHub.WebhookGateway.ReceiveGhlWebhook.Signature;

/// <summary>Ed25519 by OpenSSL 3: .NET has no such class, and its own TLS already needs this library on Linux.</summary>
internal sealed class LibcryptoEd25519Key : IVerifyingKey
{
    private const string Library = "libcrypto.so.3";
    private const int NidEd25519 = 1087;

    // Lives as long as the process: keys come from settings and are never swapped.
    private readonly IntPtr _key;

    public LibcryptoEd25519Key(byte[] publicKey)
    {
        _key = EVP_PKEY_new_raw_public_key(NidEd25519, IntPtr.Zero, publicKey, (nuint)publicKey.Length);
        if (_key == IntPtr.Zero)
        {
            ERR_clear_error();
            throw new InvalidOperationException("libcrypto does not take this Ed25519 key.");
        }
    }

    /// <summary>True when the library is there and verifies; asked once at start.</summary>
    public static bool IsAvailable { get; } = NativeLibrary.TryLoad(Library, out var handle)
        && NativeLibrary.TryGetExport(handle, nameof(EVP_DigestVerify), out _)
        && NativeLibrary.TryGetExport(handle, nameof(EVP_PKEY_new_raw_public_key), out _);

    public int SignatureLength => 64;

    public bool Verifies(byte[] message, byte[] signature)
    {
        // One context a call: a context is not thread-safe, the key is.
        var context = EVP_MD_CTX_new();
        try
        {
            var verified = EVP_DigestVerifyInit(context, IntPtr.Zero, IntPtr.Zero, IntPtr.Zero, _key) == 1
                && EVP_DigestVerify(context, signature, (nuint)signature.Length, message, (nuint)message.Length) == 1;
            if (!verified)
            {
                // The error queue is the thread's: left there, the next TLS call of .NET on this thread would read it as its own.
                ERR_clear_error();
            }
            return verified;
        }
        finally
        {
            EVP_MD_CTX_free(context);
        }
    }

#pragma warning disable SYSLIB1054 // Generated marshalling needs unsafe blocks; these signatures are blittable arrays.
    [DllImport(Library)]
    private static extern IntPtr EVP_PKEY_new_raw_public_key(int type, IntPtr engine, byte[] key, nuint length);

    [DllImport(Library)]
    private static extern IntPtr EVP_MD_CTX_new();

    [DllImport(Library)]
    private static extern void EVP_MD_CTX_free(IntPtr context);

    [DllImport(Library)]
    private static extern int EVP_DigestVerifyInit(IntPtr context, IntPtr keyContext, IntPtr type, IntPtr engine, IntPtr key);

    [DllImport(Library)]
    private static extern int EVP_DigestVerify(IntPtr context, byte[] signature, nuint signatureLength, byte[] message, nuint messageLength);

    [DllImport(Library)]
    private static extern void ERR_clear_error();
#pragma warning restore SYSLIB1054
}
