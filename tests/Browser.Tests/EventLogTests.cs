using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace EnterpriseHub.Browser.Tests;

public sealed class EventLogTests(Chromium chromium) : IClassFixture<Chromium>
{
    [Fact]
    public async Task An_event_is_found_looked_at_and_replayed()
    {
        await using var site = await EventsSite.StartAsync();
        await site.FillAsync();
        await using var visit = await OpenAsync(site);
        var page = visit.Page;
        await Expect(Rows(page)).ToHaveCountAsync(50);
        await page.GetByRole(AriaRole.Button, new() { Name = "Older" }).ClickAsync();
        await Expect(Rows(page)).ToHaveCountAsync(10);
        await Expect(page.GetByRole(AriaRole.Button, new() { Name = "Older" })).ToBeDisabledAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Newer" }).ClickAsync();
        await Expect(Rows(page)).ToHaveCountAsync(50);
        await Expect(page.GetByRole(AriaRole.Button, new() { Name = "Newer" })).ToBeDisabledAsync();

        await page.GetByLabel("Contact").FillAsync("nmV7cE3dUyW5gJ9oRt6F");
        await page.Keyboard.PressAsync("Enter");
        await Expect(Rows(page)).ToHaveCountAsync(20);
        await Rows(page).First.GetByRole(AriaRole.Button).FocusAsync();
        await page.Keyboard.PressAsync("Enter");
        var drawer = page.Locator("dialog.drawer[open]");
        await Expect(drawer.Locator(".json")).ToContainTextAsync("\"body\": \"We are moving to Austin, number 59\"");
        await visit.ShootAsync("event");
        await page.Keyboard.PressAsync("Escape");
        await Expect(drawer).ToHaveCountAsync(0);

        await site.ConnectAsync();
        await Rows(page).Nth(0).GetByRole(AriaRole.Checkbox).CheckAsync();
        await Rows(page).Nth(1).GetByRole(AriaRole.Checkbox).CheckAsync();
        await Expect(page.GetByText("2 selected")).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Replay selected" }).ClickAsync();
        await Expect(page.Locator("dialog.ask")).ToContainTextAsync("Replay 2 events?");
        await visit.ShootAsync("replay-ask");
        await page.GetByRole(AriaRole.Button, new() { Name = "Cancel" }).ClickAsync();
        await Expect(page.Locator(".moving")).ToBeHiddenAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Replay selected" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Replay", Exact = true }).ClickAsync();
        await Expect(page.Locator(".moving")).ToContainTextAsync("Replay finished: 2 taken up.");
        await Expect(Rows(page).First).ToContainTextAsync("Waiting");
        await visit.ShootAsync("replayed");

        await page.GetByRole(AriaRole.Link, new() { Name = "History" }).ClickAsync();
        await Expect(page.Locator(".acts").First).ToContainTextAsync("2 taken up");
        await Expect(page.Locator(".acts").Last).ToContainTextAsync("read a body");
        await visit.ShootAsync("history");
        Assert.Empty(visit.Complaints);
    }

    [Fact]
    public async Task All_that_match_are_replayed_and_a_dead_letter_is_dismissed()
    {
        await using var site = await EventsSite.StartAsync();
        await site.FillAsync();
        await site.ConnectAsync();
        await using var visit = await OpenAsync(site);
        var page = visit.Page;
        await page.GetByLabel("Status").SelectOptionAsync("unknown_location");
        await Expect(Rows(page)).ToHaveCountAsync(50);
        await page.GetByRole(AriaRole.Button, new() { Name = "Replay all matching" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Replay", Exact = true }).ClickAsync();
        await Expect(page.Locator(".moving")).ToContainTextAsync("Replay finished: 60 taken up.");
        await Expect(page.GetByText("No events match")).ToBeVisibleAsync();

        await page.GetByRole(AriaRole.Link, new() { Name = "Dead letters" }).ClickAsync();
        await Expect(Rows(page)).ToHaveCountAsync(1);
        await Expect(Rows(page)).ToContainTextAsync("skipped");
        await visit.ShootAsync("dead-letters");
        await Rows(page).GetByRole(AriaRole.Button).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Dismiss" }).ClickAsync();
        await Expect(Rows(page)).ToContainTextAsync("Dismissed");
        Assert.Empty(visit.Complaints);
    }

    [Theory]
    [InlineData("operator")]
    [InlineData("viewer")]
    public async Task Who_may_not_sees_no_texts_and_nothing_to_press(string role)
    {
        await using var site = await EventsSite.StartAsync();
        await site.FillAsync();
        await using var visit = await chromium.VisitAsync(site);
        await visit.LogInAsync(await site.KeyAsync(role));
        if (role == "viewer")
        {
            await Expect(visit.Page.GetByRole(AriaRole.Link, new() { Name = "Event log" })).ToHaveCountAsync(0);
            await visit.Page.EvaluateAsync("location.hash = '#events'");
            await Expect(visit.Page.GetByText("Your key may not see the event log")).ToBeVisibleAsync();
            return;
        }
        await visit.Page.GetByRole(AriaRole.Link, new() { Name = "Event log" }).ClickAsync();
        await Expect(Rows(visit.Page)).ToHaveCountAsync(50);
        await Expect(visit.Page.GetByRole(AriaRole.Checkbox)).ToHaveCountAsync(0);
        await Expect(visit.Page.GetByRole(AriaRole.Button, new() { Name = "Replay all matching" })).ToHaveCountAsync(0);
        await Rows(visit.Page).First.GetByRole(AriaRole.Button).ClickAsync();
        await Expect(visit.Page.Locator("dialog[open] .json")).ToContainTextAsync("[redacted]");
        await Expect(visit.Page.Locator("dialog[open] .json")).Not.ToContainTextAsync("Austin");
        await Expect(visit.Page.GetByRole(AriaRole.Button, new() { Name = "Replay", Exact = true })).ToHaveCountAsync(0);
        Assert.Empty(visit.Complaints);
    }

    [Theory]
    [InlineData(1280, ColorScheme.Light, "wide")]
    [InlineData(1280, ColorScheme.Dark, "dark")]
    [InlineData(360, ColorScheme.Light, "phone")]
    public async Task The_log_fits_at_any_width(int width, ColorScheme scheme, string name)
    {
        await using var site = await EventsSite.StartAsync();
        await using var visit = await OpenAsync(site, width, scheme);
        var page = visit.Page;
        await Expect(page.GetByText("No event yet")).ToBeVisibleAsync();
        await visit.ShootAsync($"events-{name}-empty");
        await site.FillAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Refresh" }).ClickAsync();
        await Expect(Rows(page)).ToHaveCountAsync(50);
        await Expect(page.GetByLabel("Contact")).ToBeVisibleAsync(new() { Visible = width > 720 });
        Assert.Equal(0, await visit.OverflowAsync());
        await visit.ShootAsync($"events-{name}");
        await Rows(page).First.GetByRole(AriaRole.Button).ClickAsync();
        await Expect(page.Locator("dialog[open] .json")).ToBeVisibleAsync();
        Assert.Equal(0, await visit.OverflowAsync());
        await visit.ShootAsync($"events-{name}-event");
        await page.Keyboard.PressAsync("Escape");
        await page.GetByRole(AriaRole.Button, new() { Name = "Replay all matching" }).ClickAsync();
        await visit.ShootAsync($"events-{name}-ask");
        await page.GetByRole(AriaRole.Button, new() { Name = "Replay", Exact = true }).ClickAsync();
        await Expect(page.Locator(".moving")).ToContainTextAsync("Replay finished");
        await page.GetByRole(AriaRole.Link, new() { Name = "History" }).ClickAsync();
        await Expect(page.Locator(".acts").First).ToBeVisibleAsync();
        Assert.Equal(0, await visit.OverflowAsync());
        await visit.ShootAsync($"events-{name}-history");
        await page.GetByRole(AriaRole.Link, new() { Name = "Dead letters" }).ClickAsync();
        await Expect(Rows(page)).ToHaveCountAsync(1);
        Assert.Equal(0, await visit.OverflowAsync());
        await visit.ShootAsync($"events-{name}-letters");
        Assert.Empty(visit.Complaints);
    }

    private async Task<Visit> OpenAsync(EventsSite site, int width = 1280, ColorScheme scheme = ColorScheme.Light)
    {
        var visit = await chromium.VisitAsync(site, width, 820, scheme);
        await visit.LogInAsync();
        await visit.Page.GetByRole(AriaRole.Link, new() { Name = "Event log" }).ClickAsync();
        return visit;
    }

    private static ILocator Rows(IPage page) => page.Locator(".log tbody tr");
}
