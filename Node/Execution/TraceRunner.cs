using EnergyChain.Core.Chain;
using EnergyChain.Core.Primitives;
using EnergyChain.Ledger.Execution;
using EnergyChain.Vm.Tracing;

namespace EnergyChain.Node.Execution;

/// <summary>Runs final transactions again on the state before their block. Thread-safe.</summary>
internal sealed class TraceRunner(LiveState live, Genesis genesis, ChainStores stores, ulong hashSeed)
{
    private readonly Hash32 _genesisHash = genesis.Hash;

    public TraceOutcome Run(TransactionLocation location, ITracer tracer, CancellationToken cancellationToken)
    {
        if (location.Height == Height.Genesis
            || location.Height > live.Head.Height
            || !stores.Blocks.TryRead(location.Height, out CommittedBlock? block)
            || !stores.Receipts.TryRead(location.Height, out IReadOnlyList<Receipt>? receipts))
        {
            return TraceOutcome.NotStored;
        }

        // By the terms of then, not of now.
        TermHistory terms = live.Head.Terms;
        PastState before = live.After(location.Height.Previous);
        if (!before.IsKept || terms.Find(location.Height) is null)
        {
            return TraceOutcome.TooOld;
        }

        BlockExecution execution = new BlockProcessor(hashSeed).Begin(
            block.Block, before, new StoredHashes(stores.Blocks, _genesisHash), terms);
        while (execution.Next < location.Index)
        {
            cancellationToken.ThrowIfCancellationRequested();
            execution.ExecuteNext();
        }

        Receipt receipt = execution.ExecuteNext(tracer);
        if (!before.IsKept)
        {
            return TraceOutcome.TooOld;
        }

        return receipt.Hash == receipts[location.Index].Hash ? TraceOutcome.Traced : TraceOutcome.Differs;
    }
}
