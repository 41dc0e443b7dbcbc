using EnergyChain.Core.Chain;
using EnergyChain.Core.Crypto;
using EnergyChain.Core.Primitives;

namespace EnergyChain.Node.Tests.Api;

/// <summary>Keys and transactions by number.</summary>
internal static class TestKeys
{
    public static SigningKey Of(byte number)
    {
        byte[] seed = new byte[SigningKey.SeedSize];
        Array.Fill(seed, number);
        return SigningKey.FromSeed(seed);
    }

    public static Transaction Transfer(byte from, byte to, ulong nonce, ulong value = 5, ulong validUntil = 100) =>
        new TransactionBody
        {
            ChainId = new ChainId(7),
            Nonce = nonce,
            GasLimit = new Gas(21_000),
            GasPrice = 1_000_000_000,
            To = Of(to).Address,
            Value = value,
            ValidUntil = new Height(validUntil),
        }.Sign(Of(from));

    public static Receipt Done(Transaction transaction, params LogEntry[] logs) =>
        new(transaction.Id, true, new Gas(21_000), null, logs, ReadOnlyMemory<byte>.Empty);
}
