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
        await Expect(visit.Tile("messages")).ToHaveTextAsync("1", new() { Timeout = 20_000 });
        await Expect(visit.Tile("replies")).ToHaveTextAsync("1", new() { Timeout = 20_000 });
        await Expect(visit.Page.Locator("button.lead .score b")).Not.ToHaveTextAsync("–", new() { Timeout = 20_000 });
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
}
