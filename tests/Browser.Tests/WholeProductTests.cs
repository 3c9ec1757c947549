using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace EnterpriseHub.Browser.Tests;

public sealed class WholeProductTests(Chromium chromium) : IClassFixture<Chromium>
{
    [Fact]
    public async Task A_message_by_webhook_shows_live_and_its_conversation_opens_with_what_the_assistant_thought()
    {
        await using var site = await StandaloneSite.StartAsync();
        await using var visit = await chromium.VisitAsync(site);
        await visit.LogInAsync();
        await Expect(visit.Tile("messages")).ToHaveTextAsync("0");
        await site.WriteAsync("dana", "Hi, we are moving to Austin and want to sell our house within 45 days");
        await Expect(visit.Tile("messages")).ToHaveTextAsync("1");
        await Expect(visit.Tile("replies")).ToHaveTextAsync("1");
        await Expect(visit.Page.Locator("button.lead .score b")).Not.ToHaveTextAsync("–");
        await visit.Page.Locator("button.lead").ClickAsync();
        var drawer = visit.Page.Locator("dialog[open]");
        await Expect(drawer.Locator(".say.lead")).ToContainTextAsync("moving to Austin");
        await Expect(drawer.Locator(".say.assistant")).ToHaveCountAsync(1);
        await drawer.Locator(".thought summary").First.ClickAsync();
        await Expect(drawer).ToContainTextAsync("What it understood");
        await Expect(drawer.Locator(".steps li").First).ToContainTextAsync("Stored");
        await Expect(drawer.Locator(".steps .part")).ToHaveCountAsync(6);
        await visit.ShootAsync("standalone-lead");
        Assert.Equal(0, await visit.OverflowAsync());
        await visit.Page.Keyboard.PressAsync("Escape");
        await visit.ShootAsync("standalone", whole: true);
        Assert.Empty(visit.Complaints);
    }

    [Theory]
    [InlineData(1280, 800)]
    [InlineData(360, 740)]
    public async Task The_event_log_tells_of_each_webhook_what_became_of_it(int width, int height)
    {
        await using var site = await StandaloneSite.StartAsync();
        await using var visit = await chromium.VisitAsync(site, width, height);
        await visit.LogInAsync();
        await site.WriteAsync("dana", "Hi, we are moving to Austin and want to sell our house within 45 days");
        await Expect(visit.Tile("replies")).ToHaveTextAsync("1");
        await visit.Page.GotoAsync($"{site.Address}#events");
        var row = visit.Page.Locator("tbody tr").First;
        await Expect(row).ToContainTextAsync("InboundMessage");
        await visit.ShootAsync($"standalone-events-{width}", whole: true);
        Assert.Equal(0, await visit.OverflowAsync());
        await row.GetByRole(AriaRole.Button).First.ClickAsync();
        await Expect(visit.Page.Locator("dialog.drawer[open]")).ToContainTextAsync("moving to Austin");
        await visit.ShootAsync($"standalone-event-{width}");
        Assert.Equal(0, await visit.OverflowAsync());
        Assert.Empty(visit.Complaints);
    }
}
