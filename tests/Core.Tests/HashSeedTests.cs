using System.Buffers.Binary;
using EnergyChain.Core.Numerics;
using EnergyChain.Core.Primitives;

namespace EnergyChain.Core.Tests;

/// <summary>Keys that somebody chose to collide do not, once the table has a seed.</summary>
public sealed class HashSeedTests
{
    private const int Keys = 4096;

    [TestCase(0UL)]
    [TestCase(1UL)]
    [TestCase(0x8000_0000_0000_0000UL)]
    [TestCase(0x0123_4567_89AB_CDEFUL)]
    public void Addresses_whose_words_cancel_out_get_different_codes(ulong seed)
    {
        AddressComparer comparer = new(seed);
        HashSet<int> codes = [];
        HashSet<int> unseeded = [];
        for (uint i = 0; i < Keys; i++)
        {
            // The same number in two words: the exclusive or of the words, which is the unseeded code, stays zero.
            byte[] bytes = new byte[Address.Size];
            BinaryPrimitives.WriteUInt32BigEndian(bytes, i);
            BinaryPrimitives.WriteUInt32BigEndian(bytes.AsSpan(8), i);
            codes.Add(comparer.GetHashCode(new Address(bytes)) & 0xFFFF);
            unseeded.Add(new Address(bytes).GetHashCode());
        }

        Assert.That(unseeded, Has.Count.EqualTo(1));
        Assert.That(codes, Has.Count.GreaterThan(Keys * 9 / 10));
    }

    [TestCase(0UL)]
    [TestCase(1UL)]
    [TestCase(0x0123_4567_89AB_CDEFUL)]
    public void Numbers_that_differ_in_few_high_bits_get_different_codes(ulong seed)
    {
        HashSet<ulong> codes = [];
        for (ulong i = 0; i < Keys; i++)
        {
            // Four bits at the top of each limb, where a product without its upper half loses them.
            UInt256 key = new(i << 60, (i >> 4) << 60, (i >> 8) << 60, i >> 12);
            codes.Add(key.Mix(seed) >> 33 & 0xFFFF);
        }

        Assert.That(codes, Has.Count.GreaterThan(Keys * 9 / 10));
    }
}
