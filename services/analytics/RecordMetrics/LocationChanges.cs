using EnterpriseHub.Contracts.Operations;

namespace EnterpriseHub.Analytics.RecordMetrics;

/// <summary>Names of locations, for the dashboard's filter.</summary>
internal static class LocationChanges
{
    /// <summary>Every message carries its location's name; the row is written only when that is new.</summary>
    public static RowChange Named(string locationId, string name) => new(
        $"location/{locationId}",
        """
        INSERT INTO location (location_id, name) VALUES (@locationId, @name)
        ON CONFLICT (location_id) DO UPDATE SET name = excluded.name WHERE location.name IS NULL OR location.name <> excluded.name
        """,
        new { locationId, name });

    public static RowChange Changed(LocationLifecycleChanged change) => new(
        $"location/{change.LocationId}",
        """
        INSERT INTO location (location_id, name, state, changed_at) VALUES (@LocationId, @Name, @Change, @At)
        ON CONFLICT (location_id) DO UPDATE
        SET name = CASE WHEN excluded.name IS NULL THEN location.name ELSE excluded.name END, state = excluded.state, changed_at = excluded.changed_at
        WHERE location.changed_at <= excluded.changed_at
        """,
        new { change.LocationId, change.Name, change.Change, At = change.At.ToUnixTimeMilliseconds() });
}
