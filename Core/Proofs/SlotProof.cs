using EnergyChain.Core.Codec;
using EnergyChain.Core.Numerics;
using EnergyChain.Core.Primitives;

namespace EnergyChain.Core.Proofs;

/// <summary>What a state holds in one storage slot of an account, with the path that proves it.</summary>
/// <param name="Slot">Number of the slot.</param>
/// <param name="Word">Its word; zero stands for nothing, which the path then proves.</param>
/// <param name="Path">From the state root to where it stands, or would.</param>
public sealed record SlotProof(UInt256 Slot, UInt256 Word, StateProof Path) : IBcsValue<SlotProof>
{
    public static SlotProof Decode(ref BcsReader reader) =>
        new(reader.ReadU256(), reader.ReadU256(), StateProof.Decode(ref reader));

    /// <summary>
    /// Whether the state with this root holds exactly that word there. Any proof is allowed as input.
    /// </summary>
    public bool Verify(Hash32 stateRoot, Address account) => Path.Verify(
        stateRoot, StateLeaf.KeyOfSlot(account, Slot), Word.IsZero ? null : StateLeaf.HashOfWord(Word));

    public void Encode(BcsWriter writer)
    {
        writer.WriteU256(Slot);
        writer.WriteU256(Word);
        Path.Encode(writer);
    }
}
