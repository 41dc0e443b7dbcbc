using EnergyChain.Core.Chain;
using EnergyChain.Core.Codec;
using EnergyChain.Core.Primitives;

namespace EnergyChain.Core.Proofs;

/// <summary>A header and the certificate that makes its block final.</summary>
public sealed record CertifiedHeader(BlockHeader Header, CommitCertificate Certificate) : IBcsValue<CertifiedHeader>
{
    public Height Height => Header.Height;

    public static CertifiedHeader Of(CommittedBlock committed) => new(committed.Block.Header, committed.Certificate);

    public static CertifiedHeader Decode(ref BcsReader reader) =>
        new(BlockHeader.Decode(ref reader), CommitCertificate.Decode(ref reader));

    public void Encode(BcsWriter writer)
    {
        Header.Encode(writer);
        Certificate.Encode(writer);
    }
}
