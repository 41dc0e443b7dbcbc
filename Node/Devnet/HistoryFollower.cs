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
    private readonly SupplyReader _supply = new(chain);
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

    /// <summary>Reads the history together with all coin, both after the same block.</summary>
    public T ReadWithSupply<T>(Func<RunHistory, SupplySnapshot, T> read)
    {
        while (true)
        {
            // A block may come between folding the history and adding up the coin: then both are taken again.
            (bool isSame, T? result) = Read(run =>
            {
                SupplySnapshot supply = _supply.Take(run.Accounts);
                return supply.Height == run.Height ? (true, read(run, supply)) : (false, default(T));
            });
            if (isSame)
            {
                return result!;
            }
        }
    }
}
