using System.Numerics;
using EnergyChain.Core.Primitives;
using EnergyChain.Vm.State;

namespace EnergyChain.Node.Pool;

/// <summary>
/// What accounts have left after what was chosen for a block. What a block credits in between counts only in the
/// next one, so that nothing chosen can fail for want of coin. Not thread-safe; lives as long as one read of the state.
/// </summary>
internal sealed class PoolBalances(IStateReader state)
{
    private readonly Dictionary<Address, BigInteger> _left = [];

    /// <summary>The account's next nonce; 0 where there is no account.</summary>
    public static ulong NonceOf(IStateReader state, Address account) =>
        state.TryGetAccount(account, out AccountState found) ? found.Nonce : 0;

    /// <summary>Base units; 0 where there is no account.</summary>
    public static BigInteger BalanceOf(IStateReader state, Address account) =>
        state.TryGetAccount(account, out AccountState found) ? found.Balance.ToBigInteger() : BigInteger.Zero;

    /// <summary>The account's next nonce before the block.</summary>
    public ulong NonceOf(Address account) => NonceOf(state, account);

    /// <summary>Takes the entry's greatest cost from sender and payer, or nothing and gives false.</summary>
    public bool TrySpend(PoolEntry entry)
    {
        Address sender = entry.Transaction.Sender;
        Address payer = entry.Transaction.GasPayer;
        BigInteger senderCost = entry.ValueCost + (payer == sender ? entry.GasCost : 0);
        if (LeftOf(sender) < senderCost || (payer != sender && LeftOf(payer) < entry.GasCost))
        {
            return false;
        }

        _left[sender] = LeftOf(sender) - senderCost;
        if (payer != sender)
        {
            _left[payer] = LeftOf(payer) - entry.GasCost;
        }

        return true;
    }

    private BigInteger LeftOf(Address account)
    {
        if (!_left.TryGetValue(account, out BigInteger left))
        {
            left = BalanceOf(state, account);
            _left.Add(account, left);
        }

        return left;
    }
}
