using EnterpriseHub.Platform.Tests.Fixtures;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Configuration.Json;

namespace EnterpriseHub.Platform.Tests.Hosting;

public sealed class SettingsFileTests
{
    [Fact]
    public async Task No_settings_file_is_watched()
    {
        using var folder = new TempFolder();
        await using var app = Hub.Build(new TestModule(), folder);
        var files = ((IConfigurationRoot)app.Configuration).Providers.OfType<JsonConfigurationProvider>().ToList();

        Assert.NotEmpty(files);
        Assert.All(files, file => Assert.False(file.Source.ReloadOnChange, file.Source.Path));
    }
}
