using System.Collections.Concurrent;
using EnergyChain.Node.Network.Wire;

namespace EnergyChain.Node.Network.Links;

/// <summary>
/// Requests that wait for an answer. Only the peer that was asked can answer; an answer that is late or that nobody
/// asked for is thrown away. Thread-safe.
/// </summary>
internal sealed class ReplyTable(TimeProvider time)
{
    private readonly ConcurrentDictionary<ulong, (PeerLink Link, TaskCompletionSource<Frame> Reply)> _open = [];
    private ulong _lastId;

    /// <summary>Sends a request; null where no answer came in time or the link ended.</summary>
    public async Task<Frame?> AskAsync(
        PeerLink link, Func<ulong, Frame> makeRequest, TimeSpan patience, CancellationToken cancellationToken)
    {
        ulong id = Interlocked.Increment(ref _lastId);
        TaskCompletionSource<Frame> reply = new(TaskCreationOptions.RunContinuationsAsynchronously);
        _open[id] = (link, reply);
        using CancellationTokenSource either =
            CancellationTokenSource.CreateLinkedTokenSource(link.Closing, cancellationToken);
        try
        {
            link.SendUrgent(makeRequest(id));
            return await reply.Task.WaitAsync(patience, time, either.Token);
        }
        catch (Exception failure) when (failure is TimeoutException or OperationCanceledException)
        {
            cancellationToken.ThrowIfCancellationRequested();
            return null;
        }
        finally
        {
            _open.TryRemove(id, out _);
        }
    }

    public void Complete(PeerLink link, ulong id, Frame frame)
    {
        if (_open.TryGetValue(id, out (PeerLink Link, TaskCompletionSource<Frame> Reply) open)
            && ReferenceEquals(open.Link, link))
        {
            open.Reply.TrySetResult(frame);
        }
    }
}
