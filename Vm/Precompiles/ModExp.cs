using System.Numerics;
using EnergyChain.Core.Numerics;

namespace EnergyChain.Vm.Precompiles;

/// <summary>
/// Address 5: base^exponent mod modulus (EIP-198) at the price of EIP-2565. Input: three lengths in words of 32
/// bytes, then the three numbers, missing bytes being zero.
/// </summary>
internal sealed class ModExp : IPrecompile
{
    private const int HeaderBytes = 96;
    private const long MinimumGas = 200;

    public long GasCost(ReadOnlySpan<byte> input)
    {
        ReadLengths(input, out UInt256 baseLength, out UInt256 exponentLength, out UInt256 modulusLength);
        UInt256 longer = baseLength > modulusLength ? baseLength : modulusLength;
        BigInteger words = (longer.ToBigInteger() + 7) / 8;
        BigInteger gas = words * words * Iterations(input, baseLength, exponentLength) / 3;
        return gas > long.MaxValue ? long.MaxValue : Math.Max(MinimumGas, (long)gas);
    }

    public bool TryRun(ReadOnlySpan<byte> input, PrecompileOutput output)
    {
        ReadLengths(input, out UInt256 baseLength, out UInt256 exponentLength, out UInt256 modulusLength);
        output.Clear();
        if (baseLength.IsZero && modulusLength.IsZero)
        {
            return true;
        }

        if (baseLength > VmLimits.MaxModExpBytes
            || exponentLength > VmLimits.MaxModExpBytes
            || modulusLength > VmLimits.MaxModExpBytes)
        {
            return false;
        }

        int baseSize = (int)baseLength.Low64;
        int exponentSize = (int)exponentLength.Low64;
        int modulusSize = (int)modulusLength.Low64;
        BigInteger modulus = Read(input, HeaderBytes + baseSize + exponentSize, modulusSize);
        Span<byte> result = output.Take(modulusSize);
        if (modulus > BigInteger.One)
        {
            BigInteger value = Read(input, HeaderBytes, baseSize);
            BigInteger exponent = Read(input, HeaderBytes + baseSize, exponentSize);
            BigInteger power = BigInteger.ModPow(value, exponent, modulus);
            int size = power.GetByteCount(isUnsigned: true);
            power.TryWriteBytes(result[(modulusSize - size)..], out _, isUnsigned: true, isBigEndian: true);
        }

        return true;
    }

    private static void ReadLengths(
        ReadOnlySpan<byte> input, out UInt256 baseLength, out UInt256 exponentLength, out UInt256 modulusLength)
    {
        baseLength = ReadWord(input, 0);
        exponentLength = ReadWord(input, 32);
        modulusLength = ReadWord(input, 64);
    }

    /// <summary>
    /// The count of EIP-2565: bits of the exponent's first word, eight for each byte after it; at least 1.
    /// </summary>
    private static BigInteger Iterations(ReadOnlySpan<byte> input, in UInt256 baseLength, in UInt256 exponentLength)
    {
        int headSize = exponentLength > 32UL ? 32 : (int)exponentLength.Low64;
        BigInteger head = baseLength < (ulong)input.Length
            ? Read(input, HeaderBytes + (int)baseLength.Low64, headSize)
            : BigInteger.Zero;
        BigInteger bits = head.IsZero ? 0 : head.GetBitLength() - 1;
        BigInteger count = exponentLength > 32UL ? (8 * (exponentLength.ToBigInteger() - 32)) + bits : bits;
        return BigInteger.Max(count, BigInteger.One);
    }

    private static UInt256 ReadWord(ReadOnlySpan<byte> input, int offset)
    {
        Span<byte> word = stackalloc byte[32];
        word.Clear();
        Available(input, offset, 32).CopyTo(word);
        return UInt256.FromBigEndian(word);
    }

    private static BigInteger Read(ReadOnlySpan<byte> input, int offset, int length)
    {
        ReadOnlySpan<byte> present = Available(input, offset, length);
        BigInteger number = new(present, isUnsigned: true, isBigEndian: true);
        return number << (8 * (length - present.Length));
    }

    private static ReadOnlySpan<byte> Available(ReadOnlySpan<byte> input, int offset, int length)
    {
        int start = Math.Min(offset, input.Length);
        return input.Slice(start, Math.Min(length, input.Length - start));
    }
}
