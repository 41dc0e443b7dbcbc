using EnergyChain.Core.Codec;
using EnergyChain.Core.Primitives;

namespace EnergyChain.Core.Proofs;

/// <summary>An account and some of its storage words, all of one state.</summary>
public sealed record StorageProof(AccountProof Account, IReadOnlyList<SlotProof> Slots) : IBcsValue<StorageProof>
{
    public static StorageProof Decode(ref BcsReader reader) => new(
        AccountProof.Decode(ref reader), Bcs.ReadList<SlotProof>(ref reader, Limits.MaxProvenSlots));

    /// <summary>Whether the state with this root holds exactly all that. Any proof is allowed as input.</summary>
    public bool Verify(Hash32 stateRoot) =>
        Account.Verify(stateRoot) && Slots.All(slot => slot.Verify(stateRoot, Account.Address));

    public void Encode(BcsWriter writer)
    {
        Account.Encode(writer);
        writer.WriteList(Slots);
    }
}
