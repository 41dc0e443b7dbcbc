using EnergyChain.Core.Chain;
using EnergyChain.Core.Crypto;
using EnergyChain.Core.Numerics;
using EnergyChain.Core.Primitives;

namespace EnergyChain.Client;

/// <summary>A transaction that lacks only its signatures.</summary>
/// <param name="Body">What will be signed.</param>
/// <param name="Memo">The detached memo, if any.</param>
/// <param name="ExpectedGas">What it used in a trial run.</param>
public sealed record PreparedTransaction(TransactionBody Body, ReadOnlyMemory<byte>? Memo, Gas ExpectedGas)
{
    /// <summary>Base units that the gas is expected to cost.</summary>
    public UInt256 ExpectedFee => Cost(ExpectedGas);

    /// <summary>Base units that the gas can cost at most.</summary>
    public UInt256 MaxFee => Cost(Body.GasLimit);

    public Transaction Sign(SigningKey sender, SigningKey? feePayer = null) => Body.Sign(sender, feePayer, Memo);

    private UInt256 Cost(Gas gas) => UInt256.FromBigInteger(Body.GasPrice.ToBigInteger() * gas.Value);
}
