using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace EnterpriseHub.Browser.Tests;

public sealed class DashboardTests(Chromium chromium) : IClassFixture<Chromium>
{
    private static Task<AnalyticsSite> StartAsync() => AnalyticsSite.StartAsync();

    [Fact]
    public async Task A_wrong_key_is_refused_in_words_and_the_right_one_opens_the_board()
    {
        await using var site = await StartAsync();
        await using var visit = await chromium.VisitAsync(site);
        await visit.ShootAsync("login");
        await visit.Page.GetByLabel("API key").FillAsync("hub_wrong");
        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Open the dashboard" }).ClickAsync();
        await Expect(visit.Page.GetByRole(AriaRole.Alert)).ToContainTextAsync("This key does not work");
        await visit.LogInAsync();
        await Expect(visit.Page.GetByText("No lead has written yet")).ToBeVisibleAsync();
        await Expect(visit.Page.GetByText("Simulated GHL and Claude.")).ToBeVisibleAsync();
        await visit.ShootAsync("empty");
        await visit.Page.ReloadAsync();
        await Expect(visit.Page.Locator(".state.live")).ToBeVisibleAsync();
        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Log out" }).ClickAsync();
        await Expect(visit.Page.GetByLabel("API key")).ToBeFocusedAsync();
        Assert.Empty(visit.Complaints);
    }

    [Fact]
    public async Task The_tiles_change_by_themselves_when_a_lead_writes()
    {
        await using var site = await StartAsync();
        await using var visit = await chromium.VisitAsync(site);
        await visit.LogInAsync();
        await Expect(visit.Tile("messages")).ToHaveTextAsync("0");
        await site.WriteAsync("lead-one", "I want to sell my house");
        await Expect(visit.Tile("messages")).ToHaveTextAsync("1");
        await Expect(visit.Tile("replies")).ToHaveTextAsync("1");
        await site.WriteAsync("lead-two", "Is it still available?");
        await Expect(visit.Tile("messages")).ToHaveTextAsync("2");
        await Expect(visit.Page.Locator(".lead")).ToHaveCountAsync(2);
        await Expect(visit.Page.Locator(".feed")).ToContainTextAsync("lead-two");
        Assert.Empty(visit.Complaints);
    }

    [Fact]
    public async Task A_lead_opens_by_keyboard_with_its_conversation_and_closes_with_escape()
    {
        await using var site = await StartAsync();
        await site.FillAsync();
        await using var visit = await chromium.VisitAsync(site);
        await visit.LogInAsync();
        var first = visit.Page.Locator(".lead").First;
        await Expect(first).ToContainTextAsync("ocQHyuzHvysMo5N5VsXc");
        await Expect(visit.Tile("messages")).ToHaveTextAsync("90");
        await TabToAsync(visit.Page, "lead");
        await visit.Page.Keyboard.PressAsync("Enter");
        var drawer = visit.Page.Locator("dialog[open]");
        await Expect(drawer).ToContainTextAsync("Why this score");
        await Expect(drawer.Locator(".say.lead").First).ToContainTextAsync("moving to Austin");
        await drawer.Locator(".thought summary").First.ClickAsync();
        await Expect(drawer).ToContainTextAsync("What it understood");
        await visit.ShootAsync("lead");
        await visit.Page.Keyboard.PressAsync("Escape");
        await Expect(drawer).ToHaveCountAsync(0);
        Assert.True(await first.EvaluateAsync<bool>("node => node === document.activeElement"), "The lead has the focus again.");
        Assert.Empty(visit.Complaints);
    }

    [Fact]
    public async Task Filters_narrow_what_is_shown()
    {
        await using var site = await StartAsync();
        await site.FillAsync();
        await using var visit = await chromium.VisitAsync(site);
        await visit.LogInAsync();
        await Expect(visit.Page.Locator(".lead")).ToHaveCountAsync(6);
        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Hot", Exact = true }).ClickAsync();
        await Expect(visit.Page.Locator(".lead")).ToHaveCountAsync(2);
        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "1 h", Exact = true }).ClickAsync();
        await Expect(visit.Page.Locator(".state.live")).ToBeVisibleAsync();
        await visit.Page.GetByLabel("Location").SelectOptionAsync(new SelectOptionValue { Label = "Alta Loma Realty" });
        await Expect(visit.Tile("messages")).ToHaveTextAsync("90");
        Assert.Contains("location=", visit.Page.Url, StringComparison.Ordinal);
        Assert.Empty(visit.Complaints);
    }

    [Theory]
    [InlineData(1440, ColorScheme.Light, "light")]
    [InlineData(1440, ColorScheme.Dark, "dark")]
    [InlineData(820, ColorScheme.Light, "tablet")]
    [InlineData(360, ColorScheme.Light, "phone")]
    public async Task Nothing_is_cut_off_at_any_width_and_the_colours_follow_the_system(int width, ColorScheme scheme, string name)
    {
        await using var site = await StartAsync();
        await site.FillAsync();
        await using var visit = await chromium.VisitAsync(site, width, 820, scheme);
        Assert.Equal(0, await visit.OverflowAsync());
        await visit.LogInAsync();
        await Expect(visit.Page.Locator(".lead")).ToHaveCountAsync(6);
        await Expect(visit.Tile("messages")).ToHaveTextAsync("90");
        Assert.Equal(0, await visit.OverflowAsync());
        await visit.ShootAsync(name, whole: true);
        await visit.Page.Locator(".lead").First.ClickAsync();
        await Expect(visit.Page.Locator("dialog[open] .say").First).ToBeVisibleAsync();
        Assert.Equal(0, await visit.OverflowAsync());
        await visit.ShootAsync($"{name}-lead");
        var ground = await visit.Page.EvaluateAsync<int>("parseInt(getComputedStyle(document.body).backgroundColor.match(/\\d+/)[0])");
        Assert.Equal(scheme == ColorScheme.Dark, ground < 60);
        Assert.Empty(visit.Complaints);
    }

    [Fact]
    public async Task A_lost_connection_is_said_and_the_last_figures_stay()
    {
        await using var site = await StartAsync();
        await site.FillAsync();
        await using var visit = await chromium.VisitAsync(site);
        await visit.LogInAsync();
        await Expect(visit.Tile("messages")).ToHaveTextAsync("90");
        await site.StopAsync();
        await Expect(visit.Page.Locator("main > .offline")).ToContainTextAsync("The connection is lost");
        await Expect(visit.Tile("messages")).ToHaveTextAsync("90");
        await visit.ShootAsync("lost");
    }

    private static async Task TabToAsync(IPage page, string className)
    {
        for (var presses = 0; presses < 40; presses++)
        {
            await page.Keyboard.PressAsync("Tab");
            if (await page.EvaluateAsync<bool>("name => document.activeElement.classList.contains(name)", className))
            {
                return;
            }
        }
        Assert.Fail($"Forty tabs never reached .{className}.");
    }
}
