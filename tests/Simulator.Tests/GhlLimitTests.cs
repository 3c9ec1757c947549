namespace EnterpriseHub.Simulator.Tests;

public sealed class GhlLimitTests(StrictHost host) : IClassFixture<StrictHost>
{
    [Fact]
    public async Task An_unknown_contact_is_a_400_when_none_are_made_up()
    {
        var missing = await host.GhlAsync("GET", "/contacts/nobody", location: "loc-a");
        Assert.Equal(400, missing.Status);
        Assert.Equal("Contact not found for id:nobody", missing.Body.GetProperty("message").GetString());
    }

    [Fact]
    public async Task The_headers_count_down_and_the_next_request_is_a_429_for_that_location_only()
    {
        for (var left = 2; left >= 0; left--)
        {
            var headers = (await host.GhlAsync("GET", "/locations/loc-b", location: "loc-b")).Headers;
            Assert.Equal(left.ToString(), headers.GetValues("X-RateLimit-Remaining").Single());
            Assert.Equal("3", headers.GetValues("X-RateLimit-Max").Single());
            Assert.Equal("600000", headers.GetValues("X-RateLimit-Interval-Milliseconds").Single());
            Assert.Equal("5", headers.GetValues("X-RateLimit-Limit-Daily").Single());
            Assert.Equal((left + 2).ToString(), headers.GetValues("X-RateLimit-Daily-Remaining").Single());
        }
        Assert.Equal(429, (await host.GhlAsync("GET", "/locations/loc-b", location: "loc-b")).Status);
        Assert.Equal(200, (await host.GhlAsync("GET", "/locations/loc-c", location: "loc-c")).Status);
    }

    [Fact]
    public async Task Claude_over_its_limit_is_a_429_with_retry_after()
    {
        await host.ClaudeAsync(Prompts.Plain("hi"), "busy");
        using var refused = await host.ClaudeAsync(Prompts.Plain("hi"), "busy");
        Assert.Equal(429, (int)refused.StatusCode);
        Assert.NotNull(refused.Headers.RetryAfter);
        Assert.Equal("0", refused.Headers.GetValues("anthropic-ratelimit-requests-remaining").Single());
    }
}
