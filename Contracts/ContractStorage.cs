using System.Numerics;
using EnergyChain.Core.Crypto;
using EnergyChain.Core.Numerics;

namespace EnergyChain.Contracts;

/// <summary>
/// Builds the storage of a predeployed contract from the names of its variables, as Solidity's documentation lays
/// state out ("Layout of State Variables in Storage"). A value too large for its variable, or one set twice, is a
/// mistake in the caller and throws <see cref="ArgumentException"/>.
/// </summary>
public sealed class ContractStorage(StorageLayout layout)
{
    private const int WordSize = 32;

    private readonly SortedDictionary<BigInteger, BigInteger> _words = [];

    /// <summary>Slots that are not zero, in ascending order.</summary>
    public IReadOnlyList<KeyValuePair<UInt256, UInt256>> Slots =>
    [
        .. _words.Where(word => !word.Value.IsZero).Select(word => KeyValuePair.Create(
            UInt256.FromBigInteger(word.Key),
            UInt256.FromBigInteger(word.Value))),
    ];

    public void Set(string label, UInt256 value)
    {
        StorageVariable variable = layout.Variable(label);
        Write(label, variable.Slot, variable.Offset, variable.Type, value);
    }

    /// <summary>Sets an element of a fixed array of values that share slots.</summary>
    public void SetElement(string label, int index, UInt256 value)
    {
        StorageVariable variable = layout.Variable(label);
        string element = layout.Type(variable.Type).Value!;
        int bytes = layout.Type(element).NumberOfBytes;
        int perSlot = WordSize / bytes;
        Write(label, variable.Slot + (index / perSlot), index % perSlot * bytes, element, value);
    }

    /// <summary>Sets the value of a key in a mapping from one word to one value.</summary>
    public void SetMapped(string label, UInt256 key, UInt256 value)
    {
        StorageVariable variable = layout.Variable(label);
        Write(label, SlotOf(variable, key), 0, layout.Type(variable.Type).Value!, value);
    }

    /// <summary>Sets a member of the struct at a key of a mapping.</summary>
    public void SetMappedMember(string label, UInt256 key, string member, UInt256 value)
    {
        StorageVariable variable = layout.Variable(label);
        StorageType structure = layout.Type(layout.Type(variable.Type).Value!);
        StorageVariable found = structure.Members.Single(candidate => candidate.Label == member);
        Write($"{label}.{member}", SlotOf(variable, key) + found.Slot, found.Offset, found.Type, value);
    }

    internal static BigInteger SlotOf(StorageVariable mapping, UInt256 key)
    {
        byte[] preimage = new byte[2 * WordSize];
        key.WriteBigEndian(preimage);
        UInt256.FromBigInteger(mapping.Slot).WriteBigEndian(preimage.AsSpan(WordSize));
        byte[] hash = new byte[WordSize];
        Keccak256.Hash(preimage, hash);
        return new BigInteger(hash, isUnsigned: true, isBigEndian: true);
    }

    private void Write(string label, BigInteger slot, int offset, string type, UInt256 value)
    {
        int bits = layout.Type(type).NumberOfBytes * 8;
        BigInteger number = value.ToBigInteger();
        if (number.GetBitLength() > bits)
        {
            throw new ArgumentException($"{label}: {value} does not fit into {bits} bits.", nameof(value));
        }

        BigInteger mask = ((BigInteger.One << bits) - 1) << (offset * 8);
        BigInteger word = _words.GetValueOrDefault(slot);
        if (!(word & mask).IsZero)
        {
            throw new ArgumentException($"{label} is set twice.", nameof(label));
        }

        _words[slot] = word | (number << (offset * 8));
    }
}
