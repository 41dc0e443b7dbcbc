using EnergyChain.Core.Chain;
using EnergyChain.Core.Numerics;
using EnergyChain.Vm.State;

namespace EnergyChain.Node.Execution;

/// <summary>What the state holds of the accounts of one transaction, all of one moment.</summary>
/// <param name="SenderNonce">The sender's next nonce; 0 where there is no account.</param>
/// <param name="SenderBalance">Base units; 0 where there is no account.</param>
/// <param name="PayerBalance">Base units of the account that pays the gas.</param>
public readonly record struct AccountView(ulong SenderNonce, UInt256 SenderBalance, UInt256 PayerBalance)
{
    /// <summary>The accounts of a transaction in a state.</summary>
    public static AccountView Of(IStateReader state, Transaction transaction)
    {
        AccountState sender = state.TryGetAccount(transaction.Sender, out AccountState found) ? found : default;
        UInt256 payerBalance = sender.Balance;
        if (transaction.GasPayer != transaction.Sender)
        {
            payerBalance = state.TryGetAccount(transaction.GasPayer, out found) ? found.Balance : UInt256.Zero;
        }

        return new AccountView(sender.Nonce, sender.Balance, payerBalance);
    }
}
