using System.Diagnostics;
using EnergyChain.Core.Chain;
using EnergyChain.Ledger.Execution;
using EnergyChain.Ledger.State;

namespace EnergyChain.Benchmarks.Evm.Market;

/// <summary>
/// A block as a validator executes it: <see cref="BlockProcessor.Execute"/>, from nonce and fee checks to the receipts'
/// root, signatures apart. Each run must give the receipts' root and gas of the first execution, whose events were
/// checked one by one.
/// </summary>
/// <param name="name">Name of the row.</param>
/// <param name="chain">Its parameters.</param>
/// <param name="state">The state before the block, this case's own.</param>
/// <param name="block">The block.</param>
/// <param name="expected">What it gave when it was checked.</param>
internal sealed class BlockCase(
    string name, MarketChain chain, WorldState state, Block block, BlockResult expected)
    : BenchmarkCase(name, BenchmarkGroup.Market)
{
    private readonly BlockProcessor _processor = new();
    private readonly NoBlockHashes _blockHashes = new();

    public override int Calls => block.Transactions.Count;

    public override ulong Gas => expected.GasUsed.Value;

    public override Sample Run()
    {
        long allocatedBefore = GC.GetAllocatedBytesForCurrentThread();
        long start = Stopwatch.GetTimestamp();
        BlockResult result = _processor.Execute(block, state, _blockHashes, chain.Terms);
        double nanoseconds = Stopwatch.GetElapsedTime(start).TotalNanoseconds;
        long allocated = GC.GetAllocatedBytesForCurrentThread() - allocatedBefore;
        return new Sample(nanoseconds, allocated, FindMistake(result));
    }

    /// <summary>Nanoseconds to make the block's changes in the state and to update its tree.</summary>
    public double MeasureStateUpdate()
    {
        WorldState copy = MarketChain.CopyOf(state);
        long start = Stopwatch.GetTimestamp();
        copy.Apply(expected.Changes);
        return Stopwatch.GetElapsedTime(start).TotalNanoseconds;
    }

    private string? FindMistake(BlockResult result) =>
        result.ReceiptsRoot != expected.ReceiptsRoot
            ? $"receipts' root {result.ReceiptsRoot}, not {expected.ReceiptsRoot}"
        : result.GasUsed != expected.GasUsed ? $"used {result.GasUsed} gas, not {expected.GasUsed}"
        : null;
}
