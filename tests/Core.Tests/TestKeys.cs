using EnergyChain.Core.Crypto;

namespace EnergyChain.Core.Tests;

/// <summary>Signing keys by number, the same in every run.</summary>
internal static class TestKeys
{
    public static readonly SigningKey Sender = Of(1);

    public static readonly SigningKey Payer = Of(2);

    public static SigningKey Of(int number) => SigningKey.FromSeed(Blake2b.Hash([(byte)number]).ToArray());
}
