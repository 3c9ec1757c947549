using System.Text.Json;
using System.Text.RegularExpressions;
using EnterpriseHub.Platform.Security;
using EnterpriseHub.WebhookGateway.Storage;

namespace EnterpriseHub.WebhookGateway.ConnectLocation;

/// <summary><c>/api/locations</c>: what the hub knows of a location and how it should behave there.</summary>
internal static partial class LocationEndpoints
{
    public static void MapLocations(this IEndpointRouteBuilder routes)
    {
        var locations = routes.MapGroup("/api/locations").WithTags("Locations");
        locations.MapGet("/", ListAsync).RequireRole(HubRole.Viewer)
            .WithSummary("Lists the locations that the caller may see.");
        locations.MapGet("/{locationId}", GetAsync).RequireRole(HubRole.Viewer)
            .WithSummary("One location; tokens and secrets are never part of it.");
        locations.MapPut("/{locationId}", PutAsync).RequireRole(HubRole.Admin)
            .WithSummary("Creates or changes a location; what is left out keeps its default or its stored value.");
        locations.MapDelete("/{locationId}", DeleteAsync).RequireRole(HubRole.Admin)
            .WithSummary("Deactivates a location and drops its tokens; its events stay.");
    }

    private static async Task<IResult> ListAsync(HttpContext context, GatewayDatabase database)
    {
        var caller = Caller.Of(context);
        var rows = await database.ReadAsync(
            session => session.QueryAsync<LocationRow>(
                $"{LocationRow.Select} WHERE location_id = @LocationId OR @LocationId IS NULL ORDER BY location_id", new { caller.LocationId }),
            context.RequestAborted);
        return TypedResults.Ok(rows.Select(LocationView.Of));
    }

    private static async Task<IResult> GetAsync(string locationId, HttpContext context, GatewayDatabase database) =>
        Caller.Of(context).MaySee(locationId) && await FindAsync(locationId, database, context.RequestAborted) is { } view
            ? TypedResults.Ok(view)
            : NoSuch(locationId);

    private static async Task<IResult> PutAsync(string locationId, JsonElement body, HttpContext context, SaveLocation save, GatewayDatabase database)
    {
        if (!Caller.Of(context).MaySee(locationId))
        {
            return NoSuch(locationId);
        }
        if (!LocationId().IsMatch(locationId))
        {
            return TypedResults.Problem("A location id has 1 to 64 letters, digits, '-' or '_'.", statusCode: 400, title: "The location id is wrong");
        }
        var (created, errors) = await save.PutAsync(locationId, body, context.RequestAborted);
        if (errors.Count > 0)
        {
            return TypedResults.ValidationProblem(errors, "Correct the members named in 'errors' and send it again; nothing was saved.", title: "The settings are wrong");
        }
        var view = await FindAsync(locationId, database, context.RequestAborted);
        return created ? TypedResults.Created($"/api/locations/{locationId}", view) : TypedResults.Ok(view);
    }

    private static async Task<IResult> DeleteAsync(string locationId, HttpContext context, SaveLocation save) =>
        Caller.Of(context).MaySee(locationId) && await save.DeactivateAsync(locationId, context.RequestAborted)
            ? TypedResults.NoContent()
            : NoSuch(locationId);

    private static async Task<LocationView?> FindAsync(string locationId, GatewayDatabase database, CancellationToken cancellation)
    {
        var row = await database.ReadAsync(
            session => session.FirstOrDefaultAsync<LocationRow>($"{LocationRow.Select} WHERE location_id = @locationId", new { locationId }), cancellation);
        return row is null ? null : LocationView.Of(row);
    }

    private static IResult NoSuch(string locationId) =>
        TypedResults.Problem($"No location '{locationId}' is connected; create it with PUT.", statusCode: 404, title: "There is no such location");

    [GeneratedRegex(@"^[A-Za-z0-9_-]{1,64}\z")]
    private static partial Regex LocationId();
}
