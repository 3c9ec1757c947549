using System.Net;
using System.Net.Http.Json;
using System.Net.Sockets;
using System.Text.Json;
using EnterpriseHub.TestKit.Traffic;

namespace EnterpriseHub.TestKit.Topologies;

/// <summary>The running product, whichever way its modules are spread over processes.</summary>
public abstract class Topology : IAsyncDisposable
{
    /// <summary>Key with the admin role.</summary>
    public const string AdminKey = "test-admin-key-0123456789";

    /// <summary>Client that follows no redirects and keeps no cookies.</summary>
    public HttpClient Http { get; } = new(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false }) { Timeout = TimeSpan.FromSeconds(30) };

    /// <summary>Key pair whose public half the gateway trusts.</summary>
    public WebhookKey Key { get; } = WebhookKey.Create();

    /// <summary>Address of the service that owns a path.</summary>
    public abstract Uri For(string path);

    /// <summary>The hosts that run in this very process: where each listens and what it is made of.</summary>
    public virtual IReadOnlyList<(Uri Address, IServiceProvider Services)> Hosts => [];

    /// <summary>Starts everything; returns when it takes messages.</summary>
    public abstract Task StartAsync();

    /// <summary>What the simulated GHL received.</summary>
    public SimulatedGhl Ghl => new(Http, For("/sim/ghl/ledger"));

    /// <summary>Where traffic goes.</summary>
    public TrafficTarget Target => new(For("/webhooks/ghl"), For("/sim/ghl/ledger"), AdminKey, Key);

    /// <summary>A GET with the admin key.</summary>
    public async Task<JsonElement> GetAsync(string path)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(For(path), path));
        request.Headers.Add("X-Api-Key", AdminKey);
        using var answer = await Http.SendAsync(request);
        answer.EnsureSuccessStatusCode();
        return await answer.Content.ReadFromJsonAsync<JsonElement>();
    }

    /// <summary>A request with the admin key and a JSON body.</summary>
    public async Task<HttpResponseMessage> SendAsync(HttpMethod method, string path, object? body = null)
    {
        using var request = new HttpRequestMessage(method, new Uri(For(path), path)) { Content = body is null ? null : JsonContent.Create(body) };
        request.Headers.Add("X-Api-Key", AdminKey);
        return await Http.SendAsync(request);
    }

    /// <summary>Delivers one message and returns the answer's status.</summary>
    public async Task<HttpStatusCode> DeliverAsync(LeadMessage message)
    {
        using var request = message.Request(Key, new Uri(For("/webhooks/ghl"), "/webhooks/ghl"));
        using var answer = await Http.SendAsync(request);
        return answer.StatusCode;
    }

    /// <inheritdoc />
    public virtual ValueTask DisposeAsync()
    {
        Http.Dispose();
        GC.SuppressFinalize(this);
        return ValueTask.CompletedTask;
    }

    /// <summary>
    /// A loopback port that is free now. Each is handed out once, and none that the system gives to outgoing connections: those are taken
    /// again between the question and the start of the program that is to listen there.
    /// </summary>
    public static int FreePort()
    {
        while (true)
        {
            var port = 10_000 + (Interlocked.Increment(ref _port) % 10_000);
            try
            {
                using var listener = new TcpListener(IPAddress.Loopback, port);
                listener.Start();
                return port;
            }
            catch (SocketException)
            {
                // Somebody's; the next one.
            }
        }
    }

    private static int _port = Random.Shared.Next(10_000);

    /// <summary>Settings that make waiting short in tests; nothing that a promise rests on is switched off.</summary>
    protected static IEnumerable<string> ShortWaits =>
    [
        "--Simulator:Latency:Analysis:MinMs=5", "--Simulator:Latency:Analysis:MaxMs=15",
        "--Simulator:Latency:Draft:MinMs=5", "--Simulator:Latency:Draft:MaxMs=15",
        "--Simulator:Latency:Ghl:MinMs=2", "--Simulator:Latency:Ghl:MaxMs=6",
        "--Ghl:AnswerTimeout=00:00:02", "--Delivery:ClaimLifetime=00:00:00.5", "--Delivery:SendingTimeout=00:00:03",
        "--Delivery:ReconcileSchedule:0=00:00:00.5", "--Delivery:ReconcileSchedule:1=00:00:01", "--Delivery:ReconcileSchedule:2=00:00:02",
        "--Gateway:RingAgainAfter=00:00:05",
    ];
}
