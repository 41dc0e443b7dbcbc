using EnergyChain.Core.Chain;
using EnergyChain.Core.Primitives;
using EnergyChain.CrashTests.Plants;
using EnergyChain.Node.Execution;
using EnergyChain.Simulation.Disk;
using EnergyChain.Simulation.Time;

namespace EnergyChain.CrashTests.Machine;

/// <summary>Executes a chain's blocks from genesis on an empty disk: the same state has to come out.</summary>
internal static class Replay
{
    public static void Check(Chain chain, Timeline timeline, SeededRandom random)
    {
        LoneNode fresh = new(new VirtualDisk(), new Promises(), timeline, random, Plant.None);
        for (Height height = Height.Genesis.Next; height <= chain.Head.Height; height = height.Next)
        {
            if (!chain.TryGetBlock(height, out CommittedBlock? block)
                || fresh.Chain.Commit(block) != CommitOutcome.Committed
                || !SameReceipts(chain, fresh.Chain, height))
            {
                throw new BrokenPromiseException($"block {height}, executed again from genesis, gives something else");
            }
        }

        if (fresh.Chain.Head.StateRoot != chain.Head.StateRoot)
        {
            throw new BrokenPromiseException($"state at {chain.Head.Height} differs when executed again from genesis");
        }

        fresh.Close();
    }

    private static bool SameReceipts(Chain one, Chain other, Height height) =>
        one.TryGetReceipts(height, out IReadOnlyList<Receipt>? mine)
        && other.TryGetReceipts(height, out IReadOnlyList<Receipt>? theirs)
        && mine.Select(static receipt => receipt.Hash).SequenceEqual(theirs.Select(static receipt => receipt.Hash));
}
