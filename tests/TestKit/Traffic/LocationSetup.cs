using System.Net.Http.Json;

namespace EnterpriseHub.TestKit.Traffic;

/// <summary>Creates locations for a run: no quiet hours, tokens of the simulator, money enough.</summary>
public static class LocationSetup
{
    /// <param name="http">Client.</param>
    /// <param name="hub">The product's front door.</param>
    /// <param name="adminKey">API key with the admin role.</param>
    /// <param name="locationId">GHL location.</param>
    /// <param name="settleWindow">Time after which a burst counts as settled.</param>
    /// <param name="active">False: the assistant answers nobody there.</param>
    /// <param name="cancellation">Ends the call.</param>
    /// <exception cref="InvalidOperationException">The product refused; the message says why.</exception>
    public static async Task PutAsync(
        HttpClient http, Uri hub, string adminKey, string locationId, TimeSpan settleWindow, bool active, CancellationToken cancellation)
    {
        using var request = new HttpRequestMessage(HttpMethod.Put, new Uri(hub, $"/api/locations/{locationId}"))
        {
            Content = JsonContent.Create(new
            {
                name = $"Test {locationId}",
                timeZone = "America/Los_Angeles",
                accessToken = $"sim-{locationId}",
                settleWindow = settleWindow.ToString("c", System.Globalization.CultureInfo.InvariantCulture),
                quietHours = (object?)null,
                activation = new { @default = active ? "on" : "off" },
                dailyBudgetUsd = 1000,
            }),
        };
        request.Headers.Add("X-Api-Key", adminKey);
        using var answer = await http.SendAsync(request, cancellation);
        if (!answer.IsSuccessStatusCode)
        {
            throw new InvalidOperationException($"PUT /api/locations/{locationId}: {(int)answer.StatusCode} {await answer.Content.ReadAsStringAsync(cancellation)}");
        }
    }
}
