using CsCheck;
using EnergyChain.Contracts.Abi;
using EnergyChain.Core.Numerics;
using EnergyChain.Core.Primitives;

namespace EnergyChain.Contracts.Tests.Abi;

/// <summary>Random ABI types with a value of each.</summary>
internal static class AbiGenerators
{
    private static Gen<UInt256> Word { get; } = Gen.Byte.Array[32].Select(bytes => UInt256.FromBigEndian(bytes));

    private static Gen<(AbiType Type, AbiValue Value)> Simple { get; } = Gen.OneOf(
        Gen.Select(Gen.Int[1, 32], Word).Select((bytes, word) => (
            (AbiType)new AbiType.UInt(8 * bytes),
            (AbiValue)UInt256.FromBigInteger(word.ToBigInteger() >> (256 - (8 * bytes))))),
        Gen.Select(Gen.Int[1, 32], Word).Select((bytes, word) => (
            (AbiType)new AbiType.Int(8 * bytes),
            (AbiValue)SignExtended(word, 8 * bytes))),
        Gen.Bool.Select(flag => ((AbiType)new AbiType.Bool(), (AbiValue)flag)),
        Gen.Byte.Array[20].Select(bytes => ((AbiType)new AbiType.Account(), (AbiValue)new Address(bytes))),
        Gen.Byte.Array[1, 32].Select(bytes => ((AbiType)new AbiType.FixedBytes(bytes.Length), (AbiValue)bytes)),
        Gen.Byte.Array[0, 70].Select(bytes => ((AbiType)new AbiType.Bytes(), (AbiValue)bytes)),
        Gen.String[Gen.Char['a', 'ü'], 0, 40].Select(text => ((AbiType)new AbiType.Text(), (AbiValue)text)));

    /// <summary>One to four parameters with their values.</summary>
    internal static Gen<(AbiParameter[] Parameters, AbiValue[] Values)> Arguments { get; } =
        Typed(3).Array[1, 4].Select(pairs => (
            pairs.Select((pair, k) => new AbiParameter($"p{k}", pair.Type)).ToArray(),
            pairs.Select(pair => pair.Value).ToArray()));

    private static Gen<(AbiType Type, AbiValue Value)> Typed(int depth) => depth == 0
        ? Simple
        : Gen.Frequency(
            (4, Simple),
            (1, Typed(depth - 1).Array[1, 3].Select(pairs => (
                (AbiType)new AbiType.Tuple([.. pairs.Select(pair => new AbiParameter("m", pair.Type))]),
                (AbiValue)pairs.Select(pair => pair.Value).ToArray()))),
            (1, Gen.Select(Typed(depth - 1), Gen.Int[0, 3]).Select((pair, count) => (
                (AbiType)new AbiType.List(pair.Type),
                (AbiValue)Enumerable.Repeat(pair.Value, count).ToArray()))),
            (1, Gen.Select(Typed(depth - 1), Gen.Int[1, 3]).Select((pair, count) => (
                (AbiType)new AbiType.FixedArray(pair.Type, count),
                (AbiValue)Enumerable.Repeat(pair.Value, count).ToArray()))));

    private static UInt256 SignExtended(UInt256 word, int bits)
    {
        System.Numerics.BigInteger low = word.ToBigInteger() >> (256 - bits);
        bool negative = !(low >> (bits - 1)).IsZero;
        System.Numerics.BigInteger modulus = System.Numerics.BigInteger.One << 256;
        return UInt256.FromBigInteger(negative ? low + modulus - (System.Numerics.BigInteger.One << bits) : low);
    }
}
