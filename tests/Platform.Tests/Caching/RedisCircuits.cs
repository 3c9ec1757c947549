using EnterpriseHub.Platform.Caching;
using EnterpriseHub.Platform.Tests.Fixtures;
using Microsoft.Extensions.Logging.Abstractions;

namespace EnterpriseHub.Platform.Tests.Caching;

public sealed class RedisCircuits
{
    [Fact]
    public async Task After_a_failure_Redis_is_left_alone_then_one_probes_and_success_closes_it()
    {
        var time = new HandClock();
        var circuit = new RedisCircuit(time, NullLogger.Instance);
        var asked = 0;
        Task<string> Ask(bool fails) => circuit.RunAsync(
            "test",
            () =>
            {
                asked++;
                return fails ? throw new InvalidOperationException() : Task.FromResult("answer");
            },
            "otherwise");

        Assert.Equal("otherwise", await Ask(fails: true));
        Assert.Equal("otherwise", await Ask(fails: false));
        Assert.Equal(1, asked);

        time.Pass(TimeSpan.FromSeconds(3));
        Assert.Equal("otherwise", await Ask(fails: true));
        Assert.Equal("otherwise", await Ask(fails: false));
        Assert.Equal(2, asked);

        time.Pass(TimeSpan.FromSeconds(3));
        Assert.Equal("answer", await Ask(fails: false));
        Assert.Equal("answer", await Ask(fails: false));
        Assert.False(circuit.IsOpen);
    }

    [Fact]
    public async Task An_operation_that_never_ends_is_given_up()
    {
        var circuit = new RedisCircuit(TimeProvider.System, NullLogger.Instance);
        Assert.Equal("otherwise", await circuit.RunAsync("test", () => new TaskCompletionSource<string>().Task, "otherwise"));
        Assert.True(circuit.IsOpen);
    }

    [Fact]
    public async Task Invalidations_that_could_not_be_told_are_told_later_and_once()
    {
        var late = new LateInvalidations();
        late.Add("loc", "tag");
        await Assert.ThrowsAsync<InvalidOperationException>(() => late.SendAsync((_, _) => throw new InvalidOperationException()));
        var told = new List<string>();
        for (var i = 0; i < 2; i++)
        {
            await late.SendAsync((location, tag) =>
            {
                told.Add($"{location}/{tag}");
                return Task.CompletedTask;
            });
        }
        Assert.Equal(["loc/tag"], told);
    }
}
