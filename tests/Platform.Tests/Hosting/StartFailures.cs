using EnterpriseHub.Platform.Hosting;
using EnterpriseHub.Platform.Tests.Fixtures;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace EnterpriseHub.Platform.Tests.Hosting;

[Collection("console")]
public sealed class StartFailures
{
    [Theory]
    [InlineData("Bus:Transport", "Pigeon", "RabbitMq | InMemory")]
    [InlineData("Bus:Transport", "", "is missing")]
    [InlineData("Store:Provider", "Paper", "Postgres | Sqlite")]
    [InlineData("Cache:Provider", "Paper", "Redis | Memory")]
    [InlineData("Cache:Provider", "Redis", "Cache:Redis")]
    [InlineData("Bus:Transport", "RabbitMq", "Bus:RabbitMq")]
    [InlineData("Store:Provider", "Postgres", "Store:ConnectionString")]
    [InlineData("Logging:Format", "xml", "text | json")]
    [InlineData("Otlp:Endpoint", "nowhere", "Otlp:Endpoint")]
    [InlineData("RateLimit:PerMinute", "0", "RateLimit:PerMinute must be")]
    [InlineData("Http:KnownProxies:0", "proxy", "Http:KnownProxies")]
    public async Task A_wrong_setting_ends_the_process_with_code_2_and_says_which(string key, string value, string says)
    {
        var (code, errors) = await RunAsync(new TestModule(), $"--{key}", value);
        Assert.Equal(2, code);
        Assert.Contains(says, errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Also_when_it_is_found_only_at_the_start()
    {
        var module = new TestModule { Services = services => services.AddHostedService<FindsAWrongSetting>() };
        var (code, errors) = await RunAsync(module);
        Assert.Equal(2, code);
        Assert.Contains("My:Key", errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_background_service_that_dies_is_no_clean_end()
    {
        var module = new TestModule { Services = services => services.AddHostedService<Dies>() };
        Assert.Equal(1, (await RunAsync(module)).Code);
    }

    [Fact]
    public async Task A_database_that_does_not_answer_is_named()
    {
        var (code, errors) = await RunAsync(
            new TestModule(), "--Store:Provider", "Postgres", "--Store:ConnectionString", "Host=127.0.0.1;Port=1", "--Store:StartPatienceSeconds", "0");
        Assert.Equal(1, code);
        Assert.Contains("Store:ConnectionString", errors, StringComparison.Ordinal);
    }

    private static async Task<(int Code, string Errors)> RunAsync(TestModule module, params string[] settings)
    {
        using var folder = new TempFolder();
        var (before, exit) = (Console.Error, Environment.ExitCode);
        await using var errors = new StringWriter();
        Console.SetError(errors);
        try
        {
            return (await ServiceHost.RunAsync(Hub.Arguments(folder, settings), module), errors.ToString());
        }
        finally
        {
            Console.SetError(before);
            Environment.ExitCode = exit;
        }
    }

    private sealed class FindsAWrongSetting : IHostedService
    {
        public Task StartAsync(CancellationToken cancellationToken) => throw new SettingException("My:Key", "x", "y");

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }

    private sealed class Dies : BackgroundService
    {
        protected override async Task ExecuteAsync(CancellationToken stoppingToken)
        {
            await Task.Yield();
            throw new InvalidOperationException("dead");
        }
    }
}
