using System.Collections.Concurrent;
using EnergyChain.Core.Chain;
using EnergyChain.Core.Codec;
using EnergyChain.Core.Primitives;
using EnergyChain.Node.Execution;
using EnergyChain.Node.Network;
using EnergyChain.Node.Network.Sync;

namespace EnergyChain.Benchmarks.Join;

/// <summary>
/// Peers in this process: an answer is read from the source's log, encoded and decoded as on a link, beside the
/// driver's loop.
/// </summary>
internal sealed class MemorySyncNetwork(Chain source) : ISyncNetwork
{
    private readonly ConcurrentQueue<(PeerId Peer, ulong Id, List<CommittedBlock> Blocks)> _answers = [];
    private readonly SemaphoreSlim _signal = new(0);

    public string? Fault { get; private set; }

    public void Wake() => _signal.Release();

    public void Wait(TimeSpan? patience) => _signal.Wait(patience ?? TimeSpan.FromSeconds(1));

    public void Deliver(SyncDriver driver)
    {
        while (_answers.TryDequeue(out (PeerId Peer, ulong Id, List<CommittedBlock> Blocks) answer))
        {
            driver.Replied(answer.Peer, answer.Id, answer.Blocks);
        }
    }

    public void Ask(PeerId peer, SyncRequest request) => _ = Task.Run(() =>
    {
        List<CommittedBlock> blocks = [];
        for (Height height = request.From; blocks.Count < request.Count; height = height.Next)
        {
            if (!source.TryGetBlock(height, out CommittedBlock? block)
                || !Bcs.TryDecode(Bcs.Encode(block), out CommittedBlock? copy, out _))
            {
                break;
            }

            blocks.Add(copy);
        }

        _answers.Enqueue((peer, request.Id, blocks));
        Wake();
    });

    public void Blame(PeerId peer, SyncFault fault, Height height, BlockVerdict verdict) =>
        Fault = $"{fault} at {height}: {verdict}";

    public void Advanced(int blocks)
    {
    }

    public void Announce(CommittedBlock block)
    {
    }

    public void Progress(bool isBehind, Height head, Height target, int peers)
    {
    }

    public void Failed(Height height, CommitOutcome outcome) => Fault = $"{outcome} at {height}";
}
