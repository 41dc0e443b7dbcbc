using EnergyChain.Core.Chain;
using EnergyChain.Node.Execution;
using EnergyChain.Node.Pool;

namespace EnergyChain.Node.Network.Gossip;

/// <summary>
/// Whether new transactions of a stranger are read now: only while less waits here than the next blocks take. A flood
/// then waits on the flooder's side, unread and unpaid, and not before honest users in every queue on the way; a chain
/// that takes what is offered never closes the gate. Thread-safe.
/// </summary>
internal sealed class AdmissionGate(ITransactionPool pool) : IChainObserver
{
    /// <summary>Blocks' worth of transactions that may wait.</summary>
    public const int BlocksAhead = 2;

    /// <summary>What a block counts for at least, so that a quiet chain takes a burst.</summary>
    public const int LeastOfBlock = 500;

    private const int Blocks = 4;

    private readonly Queue<int> _recent = [];
    private int _mayWait = BlocksAhead * LeastOfBlock;

    public bool IsOpen => pool.Count < Volatile.Read(ref _mayWait);

    /// <inheritdoc/>
    public void OnCommitted(CommittedBlock block, IReadOnlyList<Receipt> receipts, ChainHead head)
    {
        _recent.Enqueue(block.Block.Transactions.Count);
        if (_recent.Count > Blocks)
        {
            _recent.Dequeue();
        }

        Volatile.Write(ref _mayWait, BlocksAhead * Math.Max(LeastOfBlock, _recent.Max()));
    }
}
