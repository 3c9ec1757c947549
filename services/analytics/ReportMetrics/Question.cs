using System.Globalization;
using EnterpriseHub.Platform.Security;

namespace EnterpriseHub.Analytics.ReportMetrics;

/// <summary>Query parameters of the reading endpoints, checked and narrowed to what the caller may see.</summary>
internal sealed record Question(SummaryQuestion Summary, string? Temperature, int Limit)
{
    private static readonly HashSet<string> Temperatures = ["hot", "warm", "cold"];

    /// <returns>The question, or the answer that refuses it.</returns>
    public static (Question? Question, IResult? Refusal) Of(HttpContext http, TimeProvider time)
    {
        var query = http.Request.Query;
        if (!Caller.Of(http).TryNarrow(query["locationId"], out var locationId))
        {
            return (null, TypedResults.Problem(statusCode: 404, title: "Not found", detail: "There is no such location."));
        }
        var errors = new Dictionary<string, string[]>();
        var window = Minutes(query["window"]) ?? Wrong(errors, "window", "window must be 1m to 1440m or 1h to 24h, e.g. 15m.");
        var midnight = new DateTimeOffset(time.GetUtcNow().UtcDateTime.Date, TimeSpan.Zero).ToUnixTimeMilliseconds();
        var dayStart = DayStart(query["dayStart"], midnight) ?? Wrong(errors, "dayStart", "dayStart must be Unix milliseconds within two days of now.");
        var limit = Number(query["limit"], 50, 1, 200) ?? Wrong(errors, "limit", "limit must be 1 to 200.");
        string? temperature = query["temperature"].ToString() is { Length: > 0 } asked ? asked : null;
        if (temperature is not null && !Temperatures.Contains(temperature))
        {
            Wrong(errors, "temperature", "temperature must be hot, warm or cold.");
        }
        return errors.Count > 0
            ? (null, TypedResults.ValidationProblem(errors))
            : (new Question(new SummaryQuestion(locationId, (int)window, dayStart), temperature, (int)limit), null);
    }

    private static long Wrong(Dictionary<string, string[]> errors, string name, string text)
    {
        errors[name] = [text];
        return 0;
    }

    private static long? Minutes(string? text) => text switch
    {
        null or "" => 15,
        [.. var number, 'm'] => Number(number, 15, 1, 1440),
        [.. var number, 'h'] => Number(number, 1, 1, 24) * 60,
        _ => null,
    };

    private static long? DayStart(string? text, long midnight)
    {
        var twoDays = (long)TimeSpan.FromDays(2).TotalMilliseconds;
        return Number(text, midnight, midnight - twoDays, midnight + twoDays);
    }

    private static long? Number(string? text, long otherwise, long least, long most) =>
        string.IsNullOrEmpty(text) ? otherwise
        : long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most ? number
        : null;
}
