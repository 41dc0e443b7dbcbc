using System.Buffers;
using System.IO.Pipelines;
using Microsoft.AspNetCore.Connections;

namespace EnergyChain.Node.Network.Secure;

/// <summary>
/// A connection's bytes, counted below TLS and HTTP/2 as long as it is a stranger's: whatever it floods with, header
/// bombs, continuations, settings or frames that never end, it gets no further than a handshake needs.
/// </summary>
internal sealed class CountedPipe(IDuplexPipe inner, PeerConnection connection, long maxBytes, Action onFlood)
    : PipeReader, IDuplexPipe
{
    private ReadOnlySequence<byte> _last;
    private long _consumed;

    public PipeReader Input => this;

    public PipeWriter Output => inner.Output;

    public override void AdvanceTo(SequencePosition consumed) => AdvanceTo(consumed, consumed);

    public override void AdvanceTo(SequencePosition consumed, SequencePosition examined)
    {
        if (!connection.IsAdmitted)
        {
            _consumed += _last.Slice(0, consumed).Length;
            _last = default;
        }

        inner.Input.AdvanceTo(consumed, examined);
    }

    public override void CancelPendingRead() => inner.Input.CancelPendingRead();

    public override void Complete(Exception? exception = null) => inner.Input.Complete(exception);

    public override async ValueTask<ReadResult> ReadAsync(CancellationToken cancellationToken = default)
    {
        ReadResult result = await inner.Input.ReadAsync(cancellationToken);
        Count(result);
        return result;
    }

    public override bool TryRead(out ReadResult result)
    {
        bool any = inner.Input.TryRead(out result);
        if (any)
        {
            Count(result);
        }

        return any;
    }

    private void Count(in ReadResult result)
    {
        if (connection.IsAdmitted)
        {
            return;
        }

        _last = result.Buffer;
        if (_consumed + result.Buffer.Length > maxBytes)
        {
            onFlood();
            throw new ConnectionAbortedException("More bytes than a handshake has.");
        }
    }
}
