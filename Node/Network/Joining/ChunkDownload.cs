using EnergyChain.Core;
using EnergyChain.Core.Codec;
using EnergyChain.Ledger.State;

namespace EnergyChain.Node.Network.Joining;

/// <summary>
/// Fetches the chunks of a snapshot from everyone who holds it, a few requests to each at a time. Memory holds what is
/// under way alone.
/// </summary>
internal sealed class ChunkDownload(
    JoinTarget target,
    JoinFolder folder,
    Func<IReadOnlyList<ISnapshotPeer>> peers,
    Action<ISnapshotPeer, string> accuse,
    JoinOptions options,
    TimeProvider time)
{
    private readonly Lock _lock = new();
    private readonly Queue<int> _wanted = new();
    private readonly HashSet<PeerId> _useless = [];

    /// <summary>True when all are there; false where nobody is left who has the rest, or gives it.</summary>
    public async Task<bool> RunAsync(CancellationToken cancellationToken)
    {
        Dictionary<PeerId, Task> workers = [];
        using CancellationTokenSource ending = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        try
        {
            return await FetchAsync(workers, ending.Token);
        }
        finally
        {
            // Nobody writes to the folder any more once this has returned.
            await ending.CancelAsync();
            await Task.WhenAll(workers.Values).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task<bool> FetchAsync(Dictionary<PeerId, Task> workers, CancellationToken cancellationToken)
    {
        for (int chunk = 0; chunk < target.Frontier.Nodes.Count; chunk++)
        {
            if (!folder.Has(chunk))
            {
                _wanted.Enqueue(chunk);
            }
        }

        int held = folder.ChunkCount;
        long progressAt = time.GetTimestamp();
        while (folder.ChunkCount < target.Frontier.Nodes.Count)
        {
            cancellationToken.ThrowIfCancellationRequested();
            foreach (ISnapshotPeer peer in peers().Where(peer => !IsUseless(peer)))
            {
                if (!workers.TryGetValue(peer.Id, out Task? work) || work.IsCompleted)
                {
                    workers[peer.Id] = Task.WhenAll(Enumerable.Range(0, options.RequestsPerPeer)
                        .Select(_ => WorkAsync(peer, cancellationToken)));
                }
            }

            Task[] running = [.. workers.Values.Where(static work => !work.IsCompleted)];
            if (running.Length == 0 && folder.ChunkCount < target.Frontier.Nodes.Count
                && !peers().Any(peer => !IsUseless(peer)))
            {
                return false;
            }

            await Task.WhenAny([.. running, PauseAsync(cancellationToken)]);
            foreach (Task failed in workers.Values.Where(static work => work.IsFaulted))
            {
                await failed;
            }

            if (folder.ChunkCount > held)
            {
                held = folder.ChunkCount;
                progressAt = time.GetTimestamp();
            }
            else if (time.GetElapsedTime(progressAt).TotalMilliseconds > options.StallMs)
            {
                // Peers may be busy for ever, or have cut the state as nobody else has.
                return false;
            }
        }

        return true;
    }

    private async Task WorkAsync(ISnapshotPeer peer, CancellationToken cancellationToken)
    {
        int failures = 0;
        while (peer.IsAlive && !IsUseless(peer) && TryTake(out int chunk))
        {
            bool done = false;
            try
            {
                PartAnswer answer = await peer.ChunkAsync(target, chunk, cancellationToken);
                done = answer.Status == PartStatus.Given && TryKeep(peer, chunk, answer.Bytes);
                failures = done || answer.Status == PartStatus.Busy ? 0 : failures + 1;
                if (answer.Status == PartStatus.NotHeld || failures > options.MaxFailures)
                {
                    Leave(peer);
                }
            }
            finally
            {
                if (!done)
                {
                    GiveBack(chunk);
                }
            }

            if (!done)
            {
                await PauseAsync(cancellationToken);
            }
        }
    }

    private bool TryKeep(ISnapshotPeer peer, int number, ReadOnlyMemory<byte> bytes)
    {
        if (bytes.Length <= Limits.MaxSnapshotChunkBytes
            && Bcs.TryDecode(bytes.Span, out StateChunk? chunk, out _)
            && chunk.Verify(target.Frontier, number))
        {
            folder.Add(number, chunk, bytes.Span);
            return true;
        }

        Leave(peer);
        accuse(peer, $"chunk {number} of height {target.Height} is not what the state root proves");
        return false;
    }

    private bool TryTake(out int chunk)
    {
        lock (_lock)
        {
            return _wanted.TryDequeue(out chunk);
        }
    }

    private void GiveBack(int chunk)
    {
        lock (_lock)
        {
            _wanted.Enqueue(chunk);
        }
    }

    private void Leave(ISnapshotPeer peer)
    {
        lock (_lock)
        {
            _useless.Add(peer.Id);
        }
    }

    private bool IsUseless(ISnapshotPeer peer)
    {
        lock (_lock)
        {
            return _useless.Contains(peer.Id);
        }
    }

    private Task PauseAsync(CancellationToken cancellationToken) =>
        Task.Delay(TimeSpan.FromMilliseconds(options.PauseMs), time, cancellationToken);
}
