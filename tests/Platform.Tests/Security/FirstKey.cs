using System.Text.RegularExpressions;
using EnterpriseHub.Platform.Hosting;
using EnterpriseHub.Platform.Security;
using EnterpriseHub.Platform.Tests.Fixtures;

namespace EnterpriseHub.Platform.Tests.Security;

[Collection("console")]
public sealed partial class FirstKey
{
    [Fact]
    public async Task The_first_start_prints_an_admin_key_once()
    {
        using var folder = new TempFolder();
        var first = await OutputOfAStartAsync(folder);
        var second = await OutputOfAStartAsync(folder);

        Assert.Single(KeyPattern().Matches(first));
        Assert.Contains("http://127.0.0.1:", first, StringComparison.Ordinal);
        Assert.Empty(KeyPattern().Matches(second));
    }

    [Fact]
    public void A_short_bootstrap_key_stops_the_start()
    {
        using var folder = new TempFolder();
        var wrong = Assert.Throws<SettingException>(() => Hub.Build(new TestModule(), folder, "--Admin:ApiKey", "fifteen-letters"));
        Assert.Equal("Admin:ApiKey", wrong.Key);
        Assert.DoesNotContain("fifteen", wrong.Message, StringComparison.Ordinal);
    }

    private static async Task<string> OutputOfAStartAsync(TempFolder folder)
    {
        var module = new TestModule { Endpoints = routes => routes.MapKeyEndpoints() };
        var before = Console.Out;
        await using var output = new StringWriter();
        Console.SetOut(output);
        try
        {
            await using var app = Hub.Build(module, folder, "--Admin:ApiKey", "", "--Admin:GenerateKey", "true");
            await app.StartAsync(TestContext.Current.CancellationToken);
            await app.StopAsync(TestContext.Current.CancellationToken);
        }
        finally
        {
            Console.SetOut(before);
        }
        return output.ToString();
    }

    [GeneratedRegex("ehk_[0-9a-f]{12}_[0-9a-f]{64}")]
    private static partial Regex KeyPattern();
}
