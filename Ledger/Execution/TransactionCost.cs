using EnergyChain.Core.Chain;
using EnergyChain.Core.Numerics;

namespace EnergyChain.Ledger.Execution;

/// <summary>The most that a transaction can take from its accounts.</summary>
public static class TransactionCost
{
    /// <summary>Gas limit times gas price, in base units, at the chain's gas price.</summary>
    public static UInt256 MaximumFee(TransactionBody body, ChainParameters parameters) =>
        FeeOf(body.GasLimit.Value, parameters);

    /// <summary>What so much gas costs. The genesis keeps the price below 2^128, so the product fits.</summary>
    public static UInt256 FeeOf(ulong gas, ChainParameters parameters) =>
        UInt256.Multiply(parameters.GasPrice, gas);
}
