using EnergyChain.Core.Numerics;

namespace EnergyChain.Contracts.Abi;

/// <summary>Range checks of ABI integers in their 256-bit words.</summary>
internal static class AbiIntegers
{
    internal static bool FitsUnsigned(UInt256 word, int bits) => word.ToBigInteger().GetBitLength() <= bits;

    /// <summary>Whether the bits above the sign bit all repeat it.</summary>
    internal static bool FitsSigned(UInt256 word, int bits)
    {
        System.Numerics.BigInteger top = word.ToBigInteger() >> (bits - 1);
        System.Numerics.BigInteger allOnes = (System.Numerics.BigInteger.One << (257 - bits)) - 1;
        return top.IsZero || top == allOnes;
    }
}
