using System.Net;
using System.Text.RegularExpressions;

namespace EnterpriseHub.Analytics.Tests;

public sealed partial class DashboardFilesTests(AnalyticsHost analytics) : IClassFixture<AnalyticsHost>
{
    [Theory]
    [InlineData("/", "text/html")]
    [InlineData("/dashboard/app.js", "text/javascript")]
    [InlineData("/dashboard/base.css", "text/css")]
    [InlineData("/dashboard/icon.svg", "image/svg+xml")]
    public async Task A_file_comes_with_its_type_and_is_not_sent_again_unchanged(string path, string type)
    {
        using var first = await analytics.SendAsync(path);
        using var second = await analytics.SendAsync(path, ifNoneMatch: first.Headers.ETag!.ToString());
        Assert.Equal(type, first.Content.Headers.ContentType!.MediaType);
        Assert.Equal("no-cache", first.Headers.CacheControl!.ToString());
        Assert.Contains("script-src 'self'", first.Headers.GetValues("Content-Security-Policy").Single(), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotModified, second.StatusCode);
    }

    [Fact]
    public async Task A_file_that_is_not_part_of_the_app_is_not_found()
    {
        using var answer = await analytics.SendAsync("/dashboard/secrets.txt");
        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
    }

    [Fact]
    public async Task Every_file_that_the_page_and_its_modules_name_exists()
    {
        var names = new Queue<string>(["/"]);
        var seen = new HashSet<string>(StringComparer.Ordinal);
        while (names.TryDequeue(out var name))
        {
            if (!seen.Add(name))
            {
                continue;
            }
            using var answer = await analytics.SendAsync(name);
            Assert.True(answer.IsSuccessStatusCode, name);
            var text = await answer.Content.ReadAsStringAsync();
            foreach (Match match in Named().Matches(text))
            {
                names.Enqueue(match.Groups[1].Value.Replace("./", "/dashboard/", StringComparison.Ordinal));
            }
        }
        Assert.True(seen.Count > 12, $"only {seen.Count} files");
    }

    [Fact]
    public async Task The_page_needs_no_inline_code_and_nothing_from_elsewhere()
    {
        using var answer = await analytics.SendAsync("/");
        var page = await answer.Content.ReadAsStringAsync();
        Assert.DoesNotMatch(@"<script(?![^>]*src=)|<style|\son\w+=|\sstyle=|https?://", page);
    }

    [Fact]
    public async Task The_mode_says_that_the_upstreams_are_simulated_and_what_to_set()
    {
        var mode = await analytics.GetAsync("/api/metrics/mode");
        Assert.True(mode.GetProperty("simulated").GetBoolean());
        Assert.Contains("Claude__ApiKey", mode.GetProperty("goLive").ToString(), StringComparison.Ordinal);
    }

    [GeneratedRegex("""(?:(?:src|href)="(?=/dashboard/)|from '(?=\./))([^"']+)""")]
    private static partial Regex Named();
}
