using System.Buffers;
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

    /// <summary>Words of 8 bytes whose square, divided by 3, no longer fits into a gas amount.</summary>
    private const ulong MaxWords = 1UL << 33;

    public long GasCost(ReadOnlySpan<byte> input)
    {
        ReadLengths(input, out UInt256 baseLength, out UInt256 exponentLength, out UInt256 modulusLength);
        UInt256 longer = baseLength > modulusLength ? baseLength : modulusLength;
        if (longer.IsZero)
        {
            return MinimumGas;
        }

        ulong words = (longer.Low64 / 8) + ((longer.Low64 & 7) != 0 ? 1UL : 0UL);
        if (!longer.FitsUInt64 || words >= MaxWords || !exponentLength.FitsUInt64)
        {
            return long.MaxValue;
        }

        // Below 2^66 * 2^68: it cannot overflow.
        UInt256 square = UInt256.Multiply(words, words);
        UInt256 gas = UInt256.Divide(UInt256.Multiply(square, Iterations(input, baseLength, exponentLength.Low64)), 3);
        return gas > long.MaxValue ? long.MaxValue : Math.Max(MinimumGas, (long)gas.Low64);
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
        int size = baseSize + exponentSize + modulusSize;
        byte[] padded = ArrayPool<byte>.Shared.Rent(size);
        Span<byte> numbers = padded.AsSpan(0, size);
        ReadOnlySpan<byte> present = Available(input, HeaderBytes, size);
        present.CopyTo(numbers);
        numbers[present.Length..].Clear();
        ModularPower.Compute(
            numbers[..baseSize],
            numbers.Slice(baseSize, exponentSize),
            numbers[(baseSize + exponentSize)..],
            output.Take(modulusSize));
        ArrayPool<byte>.Shared.Return(padded);
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
    /// The count of EIP-2565: bits of the exponent's first word after its highest, eight for each byte after that
    /// word; at least 1.
    /// </summary>
    private static UInt256 Iterations(ReadOnlySpan<byte> input, in UInt256 baseLength, ulong exponentLength)
    {
        ulong bits = 0;
        if (baseLength < (ulong)input.Length)
        {
            int headSize = (int)Math.Min(exponentLength, 32);
            ReadOnlySpan<byte> head = Available(input, HeaderBytes + (int)baseLength.Low64, headSize);
            int zeros = head.IndexOfAnyExcept((byte)0);
            bits = zeros < 0 ? 0 : (ulong)((8 * (headSize - zeros - 1)) + BitOperations.Log2(head[zeros]));
        }

        UInt256 more = exponentLength > 32 ? UInt256.Multiply(exponentLength - 32, 8) : UInt256.Zero;
        UInt256 count = UInt256.Add(more, bits);
        return count.IsZero ? UInt256.One : count;
    }

    private static UInt256 ReadWord(ReadOnlySpan<byte> input, int offset)
    {
        Span<byte> word = stackalloc byte[32];
        word.Clear();
        Available(input, offset, 32).CopyTo(word);
        return UInt256.FromBigEndian(word);
    }

    private static ReadOnlySpan<byte> Available(ReadOnlySpan<byte> input, int offset, int length)
    {
        int start = Math.Min(offset, input.Length);
        return input.Slice(start, Math.Min(length, input.Length - start));
    }
}
