using EnergyChain.Core;
using EnergyChain.Node.Consensus;
using EnergyChain.Simulation.Nodes;

namespace EnergyChain.Simulation.Checks;

/// <summary>What a node holds in memory, against its named bounds.</summary>
internal static class BoundsCheck
{
    public static void Run(World world, SimNode node)
    {
        if (node.Process is not { } process)
        {
            return;
        }

        ConsensusHoldings held = process.Driver.Holdings;
        int members = world.Genesis.Council.Count;
        Check("pool", process.Pool.Count, SimulationBounds.PoolTransactions);
        Check("timers", held.Timers, SimulationBounds.Timers);
        Check("proposals", held.Proposals, SimulationBounds.Proposals);
        Check("bodies", held.Bodies, SimulationBounds.Bodies);
        Check("messages of the next height", held.NextHeightMessages, members * NextHeightBuffer.MaxOfPeer);
        Check("evidence waiting", held.EvidenceWaiting, members);
        Check("evidence included", held.EvidenceIncluded, (int)Limits.MaxEvidenceAgeBlocks * Limits.MaxBlockEvidence);

        void Check(string what, int count, int bound)
        {
            if (count > bound)
            {
                world.Fail(ViolationKind.Memory, $"node {node.Index} holds {count} {what}, over {bound}");
            }
        }
    }
}
