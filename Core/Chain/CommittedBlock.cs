using EnergyChain.Core.Codec;

namespace EnergyChain.Core.Chain;

/// <summary>A block with the certificate that makes it final: what the block log stores and sync sends.</summary>
public sealed record CommittedBlock(Block Block, CommitCertificate Certificate) : IBcsValue<CommittedBlock>
{
    public static CommittedBlock Decode(ref BcsReader reader) =>
        new(Block.Decode(ref reader), CommitCertificate.Decode(ref reader));

    public void Encode(BcsWriter writer)
    {
        Block.Encode(writer);
        Certificate.Encode(writer);
    }
}
