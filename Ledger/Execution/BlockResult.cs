using EnergyChain.Core.Chain;
using EnergyChain.Core.Primitives;
using EnergyChain.Ledger.Governance;
using EnergyChain.Vm.State;

namespace EnergyChain.Ledger.Execution;

/// <summary>What executing a block gave; the state itself is unchanged until the changes are applied.</summary>
/// <param name="Receipts">One for each transaction, in order.</param>
/// <param name="ReceiptsRoot">Merkle root of their hashes.</param>
/// <param name="GasUsed">Gas of all transactions together.</param>
/// <param name="Changes">For <see cref="State.WorldState.Apply"/>.</param>
/// <param name="Council">What the council contract decided.</param>
public sealed record BlockResult(
    IReadOnlyList<Receipt> Receipts, Hash32 ReceiptsRoot, Gas GasUsed, StateChanges Changes, CouncilDecision Council);
