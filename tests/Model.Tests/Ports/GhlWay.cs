using EnterpriseHub.Model.Tests.Scheduling;

namespace EnterpriseHub.Model.Tests.Ports;

/// <summary>The way of one process to GHL, in place of its sockets.</summary>
internal sealed class GhlWay(ModelGhl ghl, Loop loop, Process process) : HttpMessageHandler
{
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var path = request.RequestUri!.AbsolutePath.Split('/', StringSplitOptions.RemoveEmptyEntries);
        if (request.Method == HttpMethod.Post)
        {
            return await PostAsync(request);
        }
        await loop.YieldAsync(process, path[0] == "contacts" ? "contact" : "list", CancellationToken.None);
        return path[0] == "contacts" ? ghl.Contact(path[1]) : ghl.List(Uri.UnescapeDataString(path[1]));
    }

    private async Task<HttpResponseMessage> PostAsync(HttpRequestMessage request)
    {
        var claimed = (loop.Step, loop.Clock.Elapsed);
        await loop.YieldAsync(process, "post", CancellationToken.None);
        var outcome = ghl.NextOutcome();
        if (outcome == PostOutcome.Unreachable)
        {
            throw new HttpRequestException(HttpRequestError.ConnectionError);
        }
        // Writing the body asks whether it may still be written.
        var body = await request.Content!.ReadAsStringAsync(CancellationToken.None);
        return await ghl.TakeAsync(process, body, outcome, claimed);
    }
}
