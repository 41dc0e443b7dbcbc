using EnergyChain.Core;
using EnergyChain.Core.Numerics;
using EnergyChain.Vm.State;

namespace EnergyChain.Ledger.Execution;

/// <summary>Coin is made by nobody after genesis: no block may leave its accounts with more than they had.</summary>
internal static class Conservation
{
    /// <summary>
    /// Stops the node where coin appeared. Less is possible: a contract destroyed in the transaction that made it
    /// burns what it holds (EIP-6780).
    /// </summary>
    public static void Check(IStateReader before, StateChanges changes)
    {
        UInt256 had = UInt256.Zero;
        UInt256 has = UInt256.Zero;
        foreach (AccountChange change in changes.Accounts)
        {
            had += TransactionRules.BalanceOf(before, change.Address);
            has += change.State?.Balance ?? UInt256.Zero;
        }

        Invariant.Check(has <= had);
    }
}
