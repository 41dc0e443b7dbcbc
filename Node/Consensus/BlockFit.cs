using System.Numerics;
using EnergyChain.Core;
using EnergyChain.Core.Chain;
using EnergyChain.Core.Primitives;
using EnergyChain.Vm.State;

namespace EnergyChain.Node.Consensus;

/// <summary>
/// Whether transactions make an executable block after a state: nonces in order, every account able to pay for all
/// that it sends and pays for in the block (what the block credits to it does not count), and the block's limits.
/// Proposers and validators use the same rule, so an honest proposal is never refused. Not thread-safe.
/// </summary>
internal sealed class BlockFit(IStateReader state, ChainParameters parameters)
{
    private readonly Dictionary<Address, ulong> _nonces = [];
    private readonly Dictionary<Address, BigInteger> _left = [];
    private ulong _gas;
    private long _bytes;
    private int _count;

    /// <summary>Adds the transaction at the end of the block. False where it does not fit; nothing changes then.</summary>
    public bool TryAdd(Transaction transaction)
    {
        Address sender = transaction.Sender;
        ulong gasLimit = transaction.Body.GasLimit.Value;
        if (_count >= Limits.MaxBlockTransactions
            || gasLimit > parameters.BlockGasLimit.Value - _gas
            || _bytes + transaction.EncodedLength > Limits.MaxBlockBytes - Limits.BlockOverheadBytes
            || transaction.Body.Nonce != NonceOf(sender)
            || !TryPay(transaction))
        {
            return false;
        }

        _nonces[sender] = transaction.Body.Nonce + 1;
        _gas += gasLimit;
        _bytes += transaction.EncodedLength;
        _count++;
        return true;
    }

    private bool TryPay(Transaction transaction)
    {
        Address sender = transaction.Sender;
        Address payer = transaction.GasPayer;
        BigInteger gas = transaction.Body.GasPrice.ToBigInteger() * transaction.Body.GasLimit.Value;
        BigInteger senderLeft = LeftOf(sender) - transaction.Body.Value.ToBigInteger();
        BigInteger payerLeft = (payer == sender ? senderLeft : LeftOf(payer)) - gas;
        if (senderLeft.Sign < 0 || payerLeft.Sign < 0)
        {
            return false;
        }

        _left[sender] = senderLeft;
        _left[payer] = payerLeft;
        return true;
    }

    private ulong NonceOf(Address account)
    {
        if (_nonces.TryGetValue(account, out ulong next))
        {
            return next;
        }

        return state.TryGetAccount(account, out AccountState found) ? found.Nonce : 0;
    }

    private BigInteger LeftOf(Address account)
    {
        if (_left.TryGetValue(account, out BigInteger left))
        {
            return left;
        }

        return state.TryGetAccount(account, out AccountState found) ? found.Balance.ToBigInteger() : BigInteger.Zero;
    }
}
