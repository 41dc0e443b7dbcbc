using EnergyChain.Core.Chain;
using EnergyChain.Node.Execution;

namespace EnergyChain.Node.Network.Gossip;

/// <summary>
/// Whether new transactions of a stranger are read now: only while less waits here than the next blocks take. A flood
/// then waits on the flooder's side, unread and unpaid, and not before honest users in every queue on the way; a chain
/// that takes what is offered never closes the gate. Thread-safe.
/// </summary>
internal sealed class AdmissionGate : IChainObserver
{
    /// <summary>That many may wait on a quiet chain, so that it takes a burst.</summary>
    public const int Least = 500;

    /// <summary>
    /// What may wait beyond the largest of the last blocks, so that blocks can grow: a quarter of it.
    /// </summary>
    private const int GrowthDivisor = 4;

    private const int Blocks = 4;

    private readonly Queue<int> _recent = [];
    private int _mayWait = Least;

    /// <param name="waiting">Transactions in the pool, and those on their way into it.</param>
    public bool IsOpenAt(int waiting) => waiting < Volatile.Read(ref _mayWait);

    /// <summary>The time that so many take where all that may wait comes in within a second.</summary>
    public TimeSpan ShareOfSecond(int count) => TimeSpan.FromSeconds((double)count / Volatile.Read(ref _mayWait));

    /// <inheritdoc/>
    public void OnCommitted(CommittedBlock block, IReadOnlyList<Receipt> receipts, ChainHead head)
    {
        _recent.Enqueue(block.Block.Transactions.Count);
        if (_recent.Count > Blocks)
        {
            _recent.Dequeue();
        }

        int largest = _recent.Max();
        Volatile.Write(ref _mayWait, Math.Max(Least, largest + (largest / GrowthDivisor)));
    }
}
