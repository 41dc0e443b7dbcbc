using EnergyChain.Core.Chain;
using EnergyChain.Core.Codec;

namespace EnergyChain.Core.Proofs;

/// <summary>What a transaction did, proven by the block after its own.</summary>
/// <param name="Next">The block after, whose header carries the root of the receipts.</param>
/// <param name="Receipt">Result, gas and events.</param>
/// <param name="Path">That the receipt's hash is among those of the transaction's block.</param>
public sealed record ReceiptProof(CertifiedHeader Next, Receipt Receipt, ListProof Path) : IBcsValue<ReceiptProof>
{
    public static ReceiptProof Decode(ref BcsReader reader) =>
        new(CertifiedHeader.Decode(ref reader), Receipt.Decode(ref reader), ListProof.Decode(ref reader));

    public void Encode(BcsWriter writer)
    {
        Next.Encode(writer);
        Receipt.Encode(writer);
        Path.Encode(writer);
    }
}
