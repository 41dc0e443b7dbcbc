using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using EnergyChain.Core;
using EnergyChain.Core.Chain;
using EnergyChain.Core.Crypto;
using EnergyChain.Core.Numerics;
using EnergyChain.Core.Primitives;

namespace EnergyChain.Ledger.Governance;

/// <summary>
/// Reads what the council contract returns: the members' keys in council order, and the parameters in the order of
/// <see cref="ChainParameters"/> without the chain id. Any bytes are allowed.
/// </summary>
internal static class CouncilAnswer
{
    private const int WordBytes = 32;
    private const int ParameterCount = 5;

    /// <summary>
    /// False unless the bytes are in the ABI's one canonical form, the members 1 to
    /// <see cref="Limits.MaxCouncilMembers"/>, all different, and the parameters in their ranges.
    /// </summary>
    public static bool TryRead(ReadOnlySpan<byte> bytes, ChainId chainId, [NotNullWhen(true)] out Term? term)
    {
        term = null;
        if (!TryReadWord(bytes, 0, out ulong keysAt)
            || !TryReadWord(bytes, 1, out ulong parametersAt)
            || !TryReadWord(bytes, 2, out ulong members)
            || members is 0 or > Limits.MaxCouncilMembers)
        {
            return false;
        }

        int first = 3 + (int)members;
        if (keysAt != 2 * WordBytes
            || parametersAt != (ulong)first * WordBytes
            || !TryReadWord(bytes, first, out ulong parameters)
            || parameters != ParameterCount
            || bytes.Length != (first + 1 + ParameterCount) * WordBytes)
        {
            return false;
        }

        CouncilMember[] council = new CouncilMember[(int)members];
        for (int i = 0; i < council.Length; i++)
        {
            council[i] = new CouncilMember(new PublicKey(bytes.Slice((3 + i) * WordBytes, PublicKey.Size)));
        }

        if (!TryReadParameters(bytes[((first + 1) * WordBytes)..], chainId, out ChainParameters? values)
            || council.Distinct().Count() != council.Length)
        {
            return false;
        }

        term = new Term(new Council(council), values);
        return true;
    }

    private static bool TryReadParameters(
        ReadOnlySpan<byte> words, ChainId chainId, [NotNullWhen(true)] out ChainParameters? parameters)
    {
        parameters = null;
        if (!TryReadWord(words, 0, out ulong intervalMs)
            || !TryReadWord(words, 1, out ulong blockGas)
            || !TryReadWord(words, 2, out ulong transactionGas)
            || !TryReadWord(words, 4, out ulong epochBlocks))
        {
            return false;
        }

        parameters = new ChainParameters
        {
            ChainId = chainId,
            BlockIntervalMs = intervalMs,
            BlockGasLimit = new Gas(blockGas),
            TransactionGasLimit = new Gas(transactionGas),
            GasPrice = UInt256.FromBigEndian(words.Slice(3 * WordBytes, WordBytes)),
            EpochBlocks = epochBlocks,
        };
        return ParameterLimits.AreKept(parameters);
    }

    /// <summary>A word as a number; false where it is missing or does not fit 64 bits.</summary>
    private static bool TryReadWord(ReadOnlySpan<byte> words, int index, out ulong value)
    {
        value = 0;
        if (words.Length < (index + 1) * WordBytes)
        {
            return false;
        }

        ReadOnlySpan<byte> word = words.Slice(index * WordBytes, WordBytes);
        value = BinaryPrimitives.ReadUInt64BigEndian(word[^sizeof(ulong)..]);
        return !word[..^sizeof(ulong)].ContainsAnyExcept((byte)0);
    }
}
