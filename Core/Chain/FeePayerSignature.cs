using EnergyChain.Core.Codec;
using EnergyChain.Core.Crypto;

namespace EnergyChain.Core.Chain;

/// <summary>The fee payer's consent: its signature of the body under <see cref="SigningDomain.FeePayer"/>.</summary>
public readonly record struct FeePayerSignature(PublicKey PublicKey, Signature Signature)
    : IBcsValue<FeePayerSignature>
{
    public static FeePayerSignature Decode(ref BcsReader reader) =>
        new(reader.ReadPublicKey(), reader.ReadSignature());

    public void Encode(BcsWriter writer)
    {
        writer.WritePublicKey(PublicKey);
        writer.WriteSignature(Signature);
    }
}
