using System.Net;
using System.Net.Http.Headers;
#if FAILPOINTS
using EnterpriseHub.Platform.Failpoints;
#endif

namespace EnterpriseHub.WebhookGateway.GhlApi;

/// <summary>
/// A request body that knows whether its writing began: while it has not, GHL cannot have taken the request, whatever went wrong.
/// </summary>
internal sealed class GhlBody : HttpContent
{
    private readonly byte[] _bytes;
    private readonly Func<bool>? _mayStillWrite;

    public GhlBody(byte[] bytes, string mediaType, Func<bool>? mayStillWrite)
    {
        _bytes = bytes;
        _mayStillWrite = mayStillWrite;
        Headers.ContentType = new MediaTypeHeaderValue(mediaType);
    }

    public bool Started { get; private set; }

    public bool TooLate { get; private set; }

    protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context, CancellationToken cancellationToken)
    {
        if (_mayStillWrite?.Invoke() == false)
        {
            TooLate = true;
            throw new IOException("Not written: the claim is too old.");
        }
        Started = true;
#if FAILPOINTS
        if (_mayStillWrite is not null && Failpoint.IsArmed("S3"))
        {
            await stream.WriteAsync(_bytes.AsMemory(0, _bytes.Length / 2), cancellationToken);
            await stream.FlushAsync(cancellationToken);
            Failpoint.Hit("S3");
            await stream.WriteAsync(_bytes.AsMemory(_bytes.Length / 2), cancellationToken);
            return;
        }
#endif
        await stream.WriteAsync(_bytes, cancellationToken);
    }

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) =>
        SerializeToStreamAsync(stream, context, CancellationToken.None);

    protected override bool TryComputeLength(out long length)
    {
        length = _bytes.Length;
        return true;
    }
}
