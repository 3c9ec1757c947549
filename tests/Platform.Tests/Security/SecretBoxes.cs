using System.Security.Cryptography;
using EnterpriseHub.Platform.Hosting;
using EnterpriseHub.Platform.Security;
using EnterpriseHub.Platform.Storage;
using EnterpriseHub.Platform.Tests.Fixtures;
using Microsoft.Extensions.DependencyInjection;

namespace EnterpriseHub.Platform.Tests.Security;

public sealed class SecretBoxes
{
    private static readonly string OneKey = Convert.ToBase64String(RandomNumberGenerator.GetBytes(32));
    private static readonly string OtherKey = Convert.ToBase64String(RandomNumberGenerator.GetBytes(32));

    [Theory]
    [InlineData("")]
    [InlineData("pit-0123")]
    [InlineData("schlüssel 🔑")]
    public void What_is_sealed_opens_at_its_place(string secret)
    {
        var box = Box(OneKey);
        Assert.Equal(secret, box.Open(box.Seal(secret, "loc/access_token"), "loc/access_token"));
    }

    [Fact]
    public void It_never_looks_the_same_twice() => Assert.NotEqual(Box(OneKey).Seal("a", "b"), Box(OneKey).Seal("a", "b"));

    [Fact]
    public void A_changed_bit_anywhere_does_not_open()
    {
        var box = Box(OneKey);
        var whole = box.Seal("secret", "place");
        for (var i = 0; i < whole.Length; i++)
        {
            var changed = (byte[])whole.Clone();
            changed[i] ^= 1;
            Assert.ThrowsAny<CryptographicException>(() => box.Open(changed, "place"));
        }
        Assert.ThrowsAny<CryptographicException>(() => box.Open(whole[..^1], "place"));
        Assert.ThrowsAny<CryptographicException>(() => box.Open([], "place"));
    }

    [Fact]
    public void Moved_to_another_row_it_does_not_open()
    {
        var box = Box(OneKey);
        Assert.ThrowsAny<CryptographicException>(() => box.Open(box.Seal("secret", "loc-a/token"), "loc-b/token"));
    }

    [Fact]
    public void After_a_rotation_the_old_is_readable_and_the_new_is_sealed_with_the_new_key()
    {
        var old = Box(OneKey).Seal("secret", "place");
        var rotated = Box(OtherKey, OneKey);

        Assert.Equal("secret", rotated.Open(old, "place"));
        Assert.Equal("secret", Box(OtherKey).Open(rotated.Seal("secret", "place"), "place"));
        Assert.ThrowsAny<CryptographicException>(() => Box(OtherKey).Open(old, "place"));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("short")]
    [InlineData("AAAA")]
    public void A_key_that_is_none_is_named(string? key)
    {
        var wrong = Assert.Throws<SettingException>(() => Box(key));
        Assert.Equal("Security:MasterKey", wrong.Key);
        Assert.DoesNotContain("AAAA", wrong.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_missing_key_file_is_made_once_and_only_its_owner_reads_it()
    {
        using var folder = new TempFolder();
        var store = new StoreOptions { Directory = folder.Path };
        var options = new MasterKeyOptions { CreateMasterKey = true };
        var whole = new SecretBox(options, store).Seal("secret", "place");

        Assert.Equal("secret", new SecretBox(options, store).Open(whole, "place"));
        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Path.Combine(folder.Path, "master.key")));
        }
    }

    [Fact]
    public void A_module_that_seals_does_not_start_without_a_key()
    {
        using var folder = new TempFolder();
        var module = new TestModule { Services = services => services.AddSingleton<NeedsTheBox>() };

        var wrong = Assert.Throws<SettingException>(() => Hub.Build(module, folder, "--Security:CreateMasterKey", "false"));
        Assert.Equal("Security:MasterKey", wrong.Key);
    }

    private static SecretBox Box(string? key, params string[] old) =>
        new(new MasterKeyOptions { MasterKey = key, OldMasterKeys = old }, new StoreOptions());

    private sealed class NeedsTheBox(SecretBox box)
    {
        public SecretBox Box => box;
    }
}
