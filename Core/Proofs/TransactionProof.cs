using EnergyChain.Core.Chain;
using EnergyChain.Core.Codec;

namespace EnergyChain.Core.Proofs;

/// <summary>A transaction in its final block and, once the block after it is final, what it did.</summary>
/// <param name="Header">The block that it is in.</param>
/// <param name="Transaction">The transaction; its memo may be absent, nothing depends on it.</param>
/// <param name="Path">That its id is among those of the block.</param>
/// <param name="Outcome">What it did; null while its block is the last.</param>
public sealed record TransactionProof(
    CertifiedHeader Header, Transaction Transaction, ListProof Path, ReceiptProof? Outcome)
    : IBcsValue<TransactionProof>
{
    public static TransactionProof Decode(ref BcsReader reader) => new(
        CertifiedHeader.Decode(ref reader),
        Transaction.Decode(ref reader),
        ListProof.Decode(ref reader),
        reader.ReadBool() ? ReceiptProof.Decode(ref reader) : null);

    /// <summary>
    /// Whether the transaction is in the block of the header, and the receipt is its own and follows from that very
    /// block. Whether the headers are to be believed is another question.
    /// </summary>
    public bool PathsHold()
    {
        BlockHeader header = Header.Header;
        if (!Path.Verify(header.TransactionsRoot, Transaction.Id))
        {
            return false;
        }

        return Outcome is null
            || (Outcome.Receipt.TransactionId == Transaction.Id
                && Outcome.Next.Header.ParentHash == header.Hash
                && Outcome.Next.Height == header.Height.Next
                && Outcome.Path.Verify(Outcome.Next.Header.ParentReceiptsRoot, Outcome.Receipt.Hash));
    }

    public void Encode(BcsWriter writer)
    {
        Header.Encode(writer);
        Transaction.Encode(writer);
        Path.Encode(writer);
        writer.WriteBool(Outcome is not null);
        Outcome?.Encode(writer);
    }
}
