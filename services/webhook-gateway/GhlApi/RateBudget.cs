using EnterpriseHub.Platform.Storage;
using EnterpriseHub.WebhookGateway.Storage;
using Microsoft.Extensions.Options;

namespace EnterpriseHub.WebhookGateway.GhlApi;

/// <summary>
/// GHL's limit is an app's and a location's, so every instance draws from the location's one row, and GHL's own headers correct it.
/// </summary>
internal sealed class RateBudget(GatewayDatabase database, IOptions<GhlOptions> options)
{
    private readonly GhlOptions _options = options.Value;

    /// <summary>Draws one call in a transaction of its own.</summary>
    public Task<RateDraw> DrawAsync(string locationId, DrawFor who, CancellationToken cancellation) =>
        database.WriteAsync(unit => DrawAsync(unit, locationId, who), cancellation);

    /// <summary>Draws one call in the caller's transaction. One statement, so that two instances never draw the same call.</summary>
    public async Task<RateDraw> DrawAsync(UnitOfWork unit, string locationId, DrawFor who)
    {
        var drawn = await unit.FirstOrDefaultAsync<BudgetRow>(
            """
            INSERT INTO rate_budget (location_id, window_started_at, used, window_limit, window_ms, day_remaining, day_started_at)
            VALUES (@locationId, now_ms(), 1, @limit, @window, @day - 1, now_ms())
            ON CONFLICT (location_id) DO UPDATE SET
              used = CASE WHEN rate_budget.window_started_at + rate_budget.window_ms <= now_ms() THEN 1 ELSE rate_budget.used + 1 END,
              window_started_at = CASE WHEN rate_budget.window_started_at + rate_budget.window_ms <= now_ms()
                THEN now_ms() ELSE rate_budget.window_started_at END,
              day_remaining = CASE WHEN rate_budget.day_started_at + 86400000 <= now_ms() THEN @day - 1
                WHEN rate_budget.day_remaining > 0 THEN rate_budget.day_remaining - 1 ELSE 0 END,
              day_started_at = CASE WHEN rate_budget.day_started_at + 86400000 <= now_ms() THEN now_ms() ELSE rate_budget.day_started_at END
            WHERE rate_budget.blocked_until <= now_ms()
              AND (rate_budget.window_started_at + rate_budget.window_ms <= now_ms() OR (rate_budget.used + @reserve < rate_budget.window_limit AND rate_budget.used * 2 < rate_budget.window_limit * @halves))
              AND (rate_budget.day_remaining > 0 OR rate_budget.day_started_at + 86400000 <= now_ms()
                OR rate_budget.window_started_at + 900000 <= now_ms())
            RETURNING used, window_limit, window_ms, day_remaining
            """,
            new
            {
                locationId,
                limit = (long)_options.RateLimit,
                window = (long)_options.RateWindow.TotalMilliseconds,
                day = (long)_options.DailyLimit,
                reserve = who == DrawFor.Reply ? 0L : _options.ReserveForReplies,
                halves = who == DrawFor.Review ? 1L : 2L,
            });
        return drawn is not null
            ? new(TimeSpan.Zero, drawn.Used, drawn.WindowLimit, drawn.WindowMs, drawn.DayRemaining)
            : new(await WaitAsync(unit, locationId), 0, 0, 0, 0);
    }

    /// <summary>Corrects the row where GHL counts otherwise, and keeps still after a 429.</summary>
    public async Task ObserveAsync(string locationId, RateDraw draw, RateHeaders seen, CancellationToken cancellation)
    {
        if (seen.BlockedFor is { } blocked)
        {
            await database.WriteAsync(
                unit => unit.ExecuteAsync(
                    "UPDATE rate_budget SET blocked_until = now_ms() + @blocked WHERE location_id = @locationId AND blocked_until < now_ms() + @blocked",
                    new { locationId, blocked = (long)blocked.TotalMilliseconds }),
                cancellation);
        }
        if (draw.Granted && Deviates(draw, seen))
        {
            await CorrectAsync(locationId, draw, seen, cancellation);
        }
    }

    /// <summary>Answers come out of order and other instances draw meanwhile: small differences are no news.</summary>
    private static bool Deviates(RateDraw draw, RateHeaders seen) =>
        (seen.Max is > 0 && seen.Max != draw.Limit)
        || (seen.WindowMs is > 0 && seen.WindowMs != draw.WindowMs)
        || seen.Max - seen.Remaining > draw.Used + 5
        || Math.Abs((seen.DailyRemaining ?? draw.DayRemaining) - draw.DayRemaining) > 500
        || (seen.DailyRemaining == 0 && draw.DayRemaining > 0);

    private Task<int> CorrectAsync(string locationId, RateDraw draw, RateHeaders seen, CancellationToken cancellation) => database.WriteAsync(
        unit => unit.ExecuteAsync(
            """
            UPDATE rate_budget SET window_limit = @max, window_ms = @window, day_remaining = @day,
              used = CASE WHEN used < @used THEN @used ELSE used END
            WHERE location_id = @locationId
            """,
            new
            {
                locationId,
                max = seen.Max is > 0 ? seen.Max.Value : draw.Limit,
                window = seen.WindowMs is > 0 ? seen.WindowMs.Value : draw.WindowMs,
                day = seen.DailyRemaining ?? draw.DayRemaining,
                used = seen.Max - seen.Remaining ?? 0,
            }),
        cancellation);

    private static async Task<TimeSpan> WaitAsync(UnitOfWork unit, string locationId)
    {
        var left = await unit.FirstOrDefaultAsync<long>(
            """
            SELECT CASE WHEN blocked_until > now_ms() THEN blocked_until
              WHEN day_remaining <= 0 THEN window_started_at + 900000
              ELSE window_started_at + window_ms END - now_ms()
            FROM rate_budget WHERE location_id = @locationId
            """,
            new { locationId });
        return TimeSpan.FromMilliseconds(Math.Clamp(left, 20, 900_000));
    }

    private sealed record BudgetRow
    {
        public long Used { get; init; }

        public long WindowLimit { get; init; }

        public long WindowMs { get; init; }

        public long DayRemaining { get; init; }
    }
}
