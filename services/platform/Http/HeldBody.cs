using Microsoft.AspNetCore.Http;

namespace EnterpriseHub.Platform.Http;

/// <summary>
/// Holds the first bytes of an answer until it is clear whether there are more than <see cref="Compression.Threshold"/>.
/// Event streams, and answers whose length is known, pass at once.
/// </summary>
internal sealed class HeldBody(Stream inner, HttpResponse response) : Stream
{
    private readonly byte[] _held = new byte[Compression.Threshold];
    private int _count;
    private bool _open;

    public override bool CanRead => false;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    private bool Passes => _open || response.HasStarted || response.ContentLength is not null || EventStream.Is(response);

    /// <summary>Sends what is held. When it is the whole body its length is told, which keeps it uncompressed.</summary>
    public async ValueTask ReleaseAsync(bool isWhole, CancellationToken cancellation)
    {
        if (_open)
        {
            return;
        }
        _open = true;
        if (_count == 0)
        {
            return;
        }
        if (isWhole && !response.HasStarted)
        {
            response.ContentLength ??= _count;
        }
        await inner.WriteAsync(_held.AsMemory(0, _count), cancellation);
    }

    public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (!Passes && _count + buffer.Length <= _held.Length)
        {
            buffer.CopyTo(_held.AsMemory(_count));
            _count += buffer.Length;
            return;
        }
        await ReleaseAsync(isWhole: false, cancellationToken);
        await inner.WriteAsync(buffer, cancellationToken);
    }

    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override async Task FlushAsync(CancellationToken cancellationToken)
    {
        // JSON results flush at their end as well, so a flush alone does not say that somebody waits for the first bytes.
        if (Passes)
        {
            await ReleaseAsync(isWhole: false, cancellationToken);
            await inner.FlushAsync(cancellationToken);
        }
    }

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException("Write answers asynchronously.");

    public override void Flush() => throw new NotSupportedException("Write answers asynchronously.");

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();
}
