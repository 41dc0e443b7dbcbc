using EnergyChain.Core.Chain;
using EnergyChain.Node.Execution;
using EnergyChain.Simulation.Nodes;

namespace EnergyChain.Simulation.Checks;

/// <summary>Tells the oracle of each block that one process commits.</summary>
internal sealed class CommitWatch(World world, SimNode node) : IChainObserver
{
    public void OnCommitted(CommittedBlock block, IReadOnlyList<Receipt> receipts, ChainHead head)
    {
        try
        {
            world.Oracle.OnCommitted(node, block, head);
        }
        catch (Exception failure)
        {
            // The chain logs what its observers throw and goes on: a checker that fails must not look like a pass.
            world.Fail(ViolationKind.Stopped, failure.ToString());
        }
    }
}
