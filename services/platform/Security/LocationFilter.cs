namespace EnterpriseHub.Platform.Security;

/// <summary>Narrows a question about locations to what the caller may see.</summary>
public static class LocationFilter
{
    /// <summary>Decides which location a request reads.</summary>
    /// <param name="caller">Who asks.</param>
    /// <param name="asked">The location in the request; null or empty when it names none.</param>
    /// <param name="locationId">The location to read; null when the caller may see all and asked for none in particular.</param>
    /// <returns>False when the location is another's: answer 404.</returns>
    public static bool TryNarrow(this Caller caller, string? asked, out string? locationId)
    {
        locationId = string.IsNullOrEmpty(asked) ? caller.LocationId : asked;
        return locationId is null || caller.MaySee(locationId);
    }
}
