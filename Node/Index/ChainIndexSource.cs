using System.Diagnostics.CodeAnalysis;
using EnergyChain.Core.Chain;
using EnergyChain.Core.Primitives;
using EnergyChain.Node.Execution;

namespace EnergyChain.Node.Index;

/// <summary>The chain of the running node.</summary>
internal sealed class ChainIndexSource(IChain chain) : IIndexSource
{
    public Height First => chain.FirstReceipts;

    public Height Last => chain.Head.Height;

    public bool Holds(Height height, Hash32 hash) => chain.TryGetHeight(hash, out Height at) && at == height;

    public bool TryRead(
        Height height,
        [NotNullWhen(true)] out CommittedBlock? block,
        [NotNullWhen(true)] out IReadOnlyList<Receipt>? receipts)
    {
        receipts = null;
        return chain.TryGetBlock(height, out block) && chain.TryGetReceipts(height, out receipts);
    }

    public bool TryReadTime(Height height, out BlockTime time)
    {
        bool found = chain.TryGetBlock(height, out CommittedBlock? block);
        time = found ? block!.Block.Header.Time : default;
        return found;
    }
}
