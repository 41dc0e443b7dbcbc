using EnergyChain.Core.Chain;
using EnergyChain.Core.Primitives;
using EnergyChain.Node.Network;
using EnergyChain.Node.Network.Sync;
using EnergyChain.Node.Tests.Fakes;

namespace EnergyChain.Node.Tests.Network.Sync;

/// <summary>A peer that serves a chain, or what its script makes of the right answer; null is silence.</summary>
internal sealed class ScriptedPeer(PeerId id, FakeChain chain, int latencyMs, PeerScript? script)
{
    public PeerId Id { get; } = id;

    public int LatencyMs { get; set; } = latencyMs;

    public PeerAnswer? Answer(SyncRequest request)
    {
        List<CommittedBlock> blocks = [];
        for (ulong height = request.From.Value;
            blocks.Count < request.Count && chain.TryGetBlock(new Height(height), out CommittedBlock? block);
            height++)
        {
            blocks.Add(block);
        }

        return script is null ? new PeerAnswer(blocks) : script(request, blocks);
    }
}
