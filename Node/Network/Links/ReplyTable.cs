using System.Collections.Concurrent;
using EnergyChain.Node.Network.Wire;

namespace EnergyChain.Node.Network.Links;

/// <summary>
/// Requests that wait for an answer. Only the peer that was asked can answer; an answer that is late or that nobody
/// asked for is thrown away. Thread-safe.
/// </summary>
internal sealed class ReplyTable(TimeProvider time)
{
    // Those of the block sync begin at 1: an answer's id says whose it is.
    private const ulong FirstId = 1UL << 62;

    private readonly ConcurrentDictionary<ulong, (PeerLink Link, TaskCompletionSource<Frame> Reply)> _open = [];
    private ulong _lastId = FirstId;

    /// <summary>Whether an id can be of a request of this table, open or not.</summary>
    public static bool IsOurs(ulong id) => id > FirstId;

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
