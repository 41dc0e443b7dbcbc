using System.Buffers.Binary;
using EnergyChain.Core.Crypto;
using EnergyChain.Core.Primitives;

namespace EnergyChain.Benchmarks.Evm.Market;

/// <summary>A site of the benchmark's community: the keys of its account and of its meter.</summary>
/// <param name="Site">Its number, from 1.</param>
internal sealed record Household(uint Site)
{
    private const byte AccountMark = 0xA1;
    private const byte MeterMark = 0xB2;

    // Nothing here is signed, so a public key is any 32 bytes.
    public PublicKey Key { get; } = KeyOf(AccountMark, Site);

    public PublicKey MeterKey { get; } = KeyOf(MeterMark, Site);

    public Address Account => Key.ToAddress();

    public Address Meter => MeterKey.ToAddress();

    /// <summary>Every other site has a roof to sell from.</summary>
    public bool IsSeller => Site % 2 == 0;

    private static PublicKey KeyOf(byte mark, uint site)
    {
        byte[] bytes = new byte[PublicKey.Size];
        bytes[0] = mark;
        BinaryPrimitives.WriteUInt32BigEndian(bytes.AsSpan(PublicKey.Size - sizeof(uint)), site);
        return new PublicKey(bytes);
    }
}
