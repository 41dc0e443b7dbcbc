using EnergyChain.Core.Primitives;
using EnergyChain.Simulation.Nodes;

namespace EnergyChain.Simulation.Checks;

/// <summary>
/// A transaction that a node admitted is in its chain or in its pool for as long as its process runs: the clients give
/// no reason to drop one.
/// </summary>
internal static class TransactionCheck
{
    public static void Run(World world)
    {
        foreach (SimNode node in world.Honest.Where(static node => node.IsUp))
        {
            NodeProcess process = node.Process!;
            foreach (Hash32 id in process.Admitted)
            {
                if (!process.Pool.TryGet(id, out _) && !process.Chain.TryFindTransaction(id, out _))
                {
                    world.Fail(
                        ViolationKind.LostTransaction,
                        $"node {node.Index} admitted {id} and has it neither in the pool nor in the chain");
                }
            }
        }
    }
}
