using EnergyChain.Core.Chain;
using EnergyChain.Node.Execution;

namespace EnergyChain.Node.Pool;

/// <summary>
/// Whether new transactions are taken now: only while little more waits here than the next blocks take. A flood of
/// strangers then waits on the flooder's side, unread and unpaid, and a client is told early to come again, so that
/// what was taken is final soon. A chain that takes what is offered never closes the gate. Thread-safe.
/// </summary>
internal sealed class AdmissionGate : IChainObserver
{
    /// <summary>That many of strangers may wait on a quiet chain, so that it takes a burst.</summary>
    public const int Least = 500;

    /// <summary>That many may wait on a quiet chain before clients are turned away: a node's own burst.</summary>
    public const int LeastOfClients = 2_000;

    /// <summary>
    /// What may wait beyond the largest of the last blocks before strangers are no longer read, so that blocks can
    /// grow: a quarter of it.
    /// </summary>
    private const int GrowthDivisor = 4;

    /// <summary>
    /// What may wait beyond the largest of the last blocks before clients are turned away: a half of it.
    /// </summary>
    private const int ClientsDivisor = 2;

    private const int Blocks = 4;

    private readonly Queue<int> _recent = [];
    private int _largest;

    private int OfStrangers => Math.Max(Least, Largest + (Largest / GrowthDivisor));

    private int OfClients => Math.Max(LeastOfClients, Largest + (Largest / ClientsDivisor));

    private int Largest => Volatile.Read(ref _largest);

    /// <summary>Whether a stranger's link is read.</summary>
    /// <param name="waiting">Transactions in the pool, and those on their way into it.</param>
    public bool IsOpenAt(int waiting) => waiting < OfStrangers;

    /// <summary>Whether a transaction of a client of this node's API is taken.</summary>
    /// <inheritdoc cref="IsOpenAt"/>
    public bool IsOpenToClientsAt(int waiting) => waiting < OfClients;

    /// <summary>The time that so many take where all that may wait comes in within a second.</summary>
    public TimeSpan ShareOfSecond(int count) => TimeSpan.FromSeconds((double)count / OfStrangers);

    /// <inheritdoc/>
    public void OnCommitted(CommittedBlock block, IReadOnlyList<Receipt> receipts, ChainHead head)
    {
        _recent.Enqueue(block.Block.Transactions.Count);
        if (_recent.Count > Blocks)
        {
            _recent.Dequeue();
        }

        Volatile.Write(ref _largest, _recent.Max());
    }
}
