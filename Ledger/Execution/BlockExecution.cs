using EnergyChain.Core.Chain;
using EnergyChain.Ledger.Governance;
using EnergyChain.Vm;
using EnergyChain.Vm.State;
using EnergyChain.Vm.Tracing;

namespace EnergyChain.Ledger.Execution;

/// <summary>
/// A block on its way through the machine, one transaction after the other, so that a caller can watch one of them or
/// stop before the end. The state below is read and not changed. For one thread.
/// </summary>
public sealed class BlockExecution
{
    private readonly Block _block;
    private readonly BlockEnvironment _environment;
    private readonly StateOverlay _overlay;
    private readonly TransactionProcessor _transactions;

    internal BlockExecution(
        Block block,
        in BlockEnvironment environment,
        StateOverlay overlay,
        TransactionProcessor transactions,
        CouncilDecision council)
    {
        _block = block;
        _environment = environment;
        _overlay = overlay;
        _transactions = transactions;
        Council = council;
    }

    /// <summary>What the council contract decided before the transactions.</summary>
    public CouncilDecision Council { get; }

    /// <summary>Index in the block of the transaction that <see cref="ExecuteNext"/> takes.</summary>
    public int Next { get; private set; }

    public bool IsDone => Next == _block.Transactions.Count;

    /// <summary>Executes the next transaction; there must be one.</summary>
    /// <param name="tracer">Watches its message; null for nobody. It changes nothing of the result.</param>
    public Receipt ExecuteNext(ITracer? tracer = null) =>
        _transactions.Execute(_block.Transactions[Next++], _environment, _overlay, tracer);

    /// <summary>What the transactions so far changed together. It ends the execution.</summary>
    internal StateChanges Drain() => _overlay.Drain();
}
