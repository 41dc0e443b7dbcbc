using System.Numerics;
using EnergyChain.Core.Numerics;

namespace EnergyChain.Contracts;

/// <summary>
/// Reads the storage of a contract by the names of its variables, without running its code. Throws
/// <see cref="KeyNotFoundException"/> for a name that the contract does not have.
/// </summary>
/// <param name="layout">Where the variables lie.</param>
/// <param name="read">The word in a slot.</param>
public sealed class ContractStorageReader(StorageLayout layout, Func<UInt256, UInt256> read)
{
    public UInt256 Get(string label)
    {
        StorageVariable variable = layout.Variable(label);
        return Read(variable.Slot, variable.Offset, variable.Type);
    }

    /// <summary>A member of the struct at a key of a mapping.</summary>
    public UInt256 GetMappedMember(string label, UInt256 key, string member)
    {
        StorageVariable variable = layout.Variable(label);
        StorageType structure = layout.Type(layout.Type(variable.Type).Value!);
        StorageVariable found = structure.Members.Single(candidate => candidate.Label == member);
        return Read(ContractStorage.SlotOf(variable, key) + found.Slot, found.Offset, found.Type);
    }

    private UInt256 Read(BigInteger slot, int offset, string type)
    {
        BigInteger word = read(UInt256.FromBigInteger(slot)).ToBigInteger() >> (offset * 8);
        return UInt256.FromBigInteger(word & ((BigInteger.One << (layout.Type(type).NumberOfBytes * 8)) - 1));
    }
}
