using System.Collections.Concurrent;
using Microsoft.Playwright;

namespace EnterpriseHub.Browser.Tests;

/// <summary>One page of the dashboard, and every complaint of the browser on it.</summary>
internal sealed class Visit : IAsyncDisposable
{
    private readonly IBrowserContext _context;
    private readonly DashboardSite _site;
    private readonly ConcurrentQueue<string> _complaints = new();

    public Visit(IBrowserContext context, IPage page, DashboardSite site)
    {
        _context = context;
        _site = site;
        Page = page;
        page.PageError += (_, error) => _complaints.Enqueue(error);
        page.Console += (_, message) =>
        {
            // A browser logs each refused request; being asked for a key is not a fault.
            if (message.Type == "error" && !message.Text.Contains("401", StringComparison.Ordinal))
            {
                _complaints.Enqueue(message.Text);
            }
        };
    }

    public IPage Page { get; }

    /// <summary>Script errors and violations of the page's own security policy.</summary>
    public IReadOnlyList<string> Complaints => [.. _complaints];

    public async Task LogInAsync(string? key = null)
    {
        await Page.GetByLabel("API key").FillAsync(key ?? _site.Key);
        await Page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(Page.Locator(".state.live")).ToBeVisibleAsync();
    }

    public ILocator Tile(string name) => Page.Locator($"[data-tile={name}] .value");

    /// <summary>How many pixels the page is wider than its window.</summary>
    public Task<int> OverflowAsync() => Page.EvaluateAsync<int>("document.documentElement.scrollWidth - document.documentElement.clientWidth");

    /// <summary>Saves what is seen, when HUB_SCREENSHOTS names a folder.</summary>
    public async Task ShootAsync(string name, bool whole = false)
    {
        if (Environment.GetEnvironmentVariable("HUB_SCREENSHOTS") is { Length: > 0 } folder)
        {
            await Page.ScreenshotAsync(new PageScreenshotOptions { Path = Path.Combine(folder, $"{name}.png"), FullPage = whole, Animations = ScreenshotAnimations.Disabled });
        }
    }

    public async ValueTask DisposeAsync() => await _context.CloseAsync();
}
