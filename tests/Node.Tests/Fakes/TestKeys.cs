using EnergyChain.Core.Crypto;

namespace EnergyChain.Node.Tests.Fakes;

/// <summary>Keys from small numbers, the same in every run.</summary>
internal static class TestKeys
{
    public static SigningKey Alice { get; } = Of(100);

    public static SigningKey Bob { get; } = Of(101);

    public static SigningKey Of(int number)
    {
        byte[] seed = new byte[SigningKey.SeedSize];
        BitConverter.TryWriteBytes(seed, number);
        seed[31] = 0x5A;
        return SigningKey.FromSeed(seed);
    }
}
