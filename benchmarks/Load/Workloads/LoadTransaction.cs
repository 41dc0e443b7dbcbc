using EnergyChain.Core.Chain;
using EnergyChain.Core.Crypto;
using EnergyChain.Core.Numerics;
using EnergyChain.Core.Primitives;

namespace EnergyChain.Benchmarks.Load.Workloads;

/// <summary>Signs what the workloads send.</summary>
internal static class LoadTransaction
{
    private const ulong ValidUntil = 90_000;

    public static Transaction Sign(
        ChainParameters parameters,
        SigningKey sender,
        ulong nonce,
        Address to,
        ulong gasLimit,
        UInt256 value = default,
        byte[]? data = null) => new TransactionBody
        {
            ChainId = parameters.ChainId,
            Nonce = nonce,
            GasLimit = new Gas(gasLimit),
            GasPrice = parameters.GasPrice,
            To = to,
            Value = value,
            Data = data,
            ValidUntil = new Height(ValidUntil),
        }.Sign(sender);
}
