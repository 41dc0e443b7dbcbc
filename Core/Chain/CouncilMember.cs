using EnergyChain.Core.Codec;
using EnergyChain.Core.Crypto;
using EnergyChain.Core.Primitives;

namespace EnergyChain.Core.Chain;

/// <summary>A member of the council: one key, one vote.</summary>
public sealed record CouncilMember(PublicKey PublicKey) : IBcsValue<CouncilMember>
{
    public Address Address { get; } = PublicKey.ToAddress();

    public static CouncilMember Decode(ref BcsReader reader) => new(reader.ReadPublicKey());

    public void Encode(BcsWriter writer) => writer.WritePublicKey(PublicKey);
}
