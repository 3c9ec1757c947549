namespace EnterpriseHub.Browser.Tests;

/// <summary>A running product as a browser sees it. The tests know no more of it than this.</summary>
public abstract class DashboardSite : IAsyncDisposable
{
    /// <summary>Front door.</summary>
    public abstract Uri Address { get; }

    /// <summary>A key that opens the dashboard.</summary>
    public abstract string Key { get; }

    /// <summary>Lets a lead write, and returns once the product has taken the message.</summary>
    /// <param name="contactId">Who writes.</param>
    /// <param name="text">What it says.</param>
    public abstract Task WriteAsync(string contactId, string text);

    /// <summary>Fills the product with a quarter of an hour of a busy team.</summary>
    public virtual Task FillAsync() => Task.CompletedTask;

    /// <summary>Stops the product while pages are open.</summary>
    public abstract Task StopAsync();

    /// <inheritdoc />
    public abstract ValueTask DisposeAsync();
}
