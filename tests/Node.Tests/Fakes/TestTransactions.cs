using EnergyChain.Core.Chain;
using EnergyChain.Core.Crypto;
using EnergyChain.Core.Numerics;
using EnergyChain.Core.Primitives;

namespace EnergyChain.Node.Tests.Fakes;

/// <summary>Signed transfers for the fake chain, whose gas price is 1.</summary>
internal static class TestTransactions
{
    public static readonly Address Somebody = Address.FromNumber(0xBEEF);

    public static TransactionBody Body(
        ulong nonce, ulong value = 1, ulong gas = 10, ulong validUntil = 1_000, ulong chainId = 7) => new()
        {
            ChainId = new ChainId(chainId),
            Nonce = nonce,
            GasLimit = new Gas(gas),
            GasPrice = 1,
            To = Somebody,
            Value = (UInt256)value,
            ValidUntil = new Height(validUntil),
        };

    public static Transaction Transfer(
        SigningKey sender, ulong nonce, ulong value = 1, ulong gas = 10, ulong validUntil = 1_000) =>
        Body(nonce, value, gas, validUntil).Sign(sender);

    /// <summary>The same id with a signature that does not hold.</summary>
    public static Transaction WithBadSignature(Transaction transaction)
    {
        byte[] signature = transaction.Signature.ToArray();
        signature[0] ^= 1;
        return new Transaction(
            transaction.Body, transaction.PublicKey, new Signature(signature), transaction.FeePayerSignature);
    }
}
