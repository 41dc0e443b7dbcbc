using EnergyChain.Core.Codec;
using EnergyChain.Core.Primitives;

namespace EnergyChain.Core.Proofs;

/// <summary>What a state holds of an account, or that it holds none, with the path that proves it.</summary>
/// <param name="Address">The account.</param>
/// <param name="Value">Null: there is none.</param>
/// <param name="Path">From the state root to where it stands, or would.</param>
public sealed record AccountProof(Address Address, AccountValue? Value, StateProof Path) : IBcsValue<AccountProof>
{
    public static AccountProof Decode(ref BcsReader reader) => new(
        reader.ReadAddress(),
        reader.ReadBool() ? AccountValue.Decode(ref reader) : null,
        StateProof.Decode(ref reader));

    /// <summary>Whether the state with this root holds exactly that. Any proof is allowed as input.</summary>
    public bool Verify(Hash32 stateRoot) => Path.Verify(stateRoot, StateLeaf.KeyOfAccount(Address), Value?.Hash);

    public void Encode(BcsWriter writer)
    {
        writer.WriteAddress(Address);
        writer.WriteBool(Value is not null);
        Value?.Encode(writer);
        Path.Encode(writer);
    }
}
