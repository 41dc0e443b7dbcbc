using EnergyChain.Core.Chain;
using EnergyChain.Core.Primitives;
using EnergyChain.Node.Devnet.Report;
using EnergyChain.Node.Execution;

namespace EnergyChain.Node.Devnet;

/// <summary>Keeps a <see cref="RunHistory"/> up to the head of a chain, from block 1 on. Thread-safe.</summary>
public sealed class HistoryFollower(IChain chain)
{
    private readonly Lock _lock = new();
    private readonly RunHistory _history = new(chain.Genesis);
    private Height _next = Height.Genesis.Next;

    /// <summary>Reads from the history with all blocks up to the head folded in.</summary>
    public T Read<T>(Func<RunHistory, T> read)
    {
        lock (_lock)
        {
            while (_next <= chain.Head.Height
                && chain.TryGetBlock(_next, out CommittedBlock? block)
                && chain.TryGetReceipts(_next, out IReadOnlyList<Receipt>? receipts))
            {
                _history.Apply(block.Block, receipts);
                _next = _next.Next;
            }

            return read(_history);
        }
    }
}
