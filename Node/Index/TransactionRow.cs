using EnergyChain.Core.Chain;
using EnergyChain.Core.Numerics;
using EnergyChain.Core.Primitives;
using EnergyChain.Node.Index.Parts;

namespace EnergyChain.Node.Index;

/// <summary>What the index knows of a transaction. No memo and no call data but its selector is ever in it.</summary>
/// <param name="Position">Where it stands (<see cref="IndexPosition"/>).</param>
/// <param name="TimeMs">Time of its block.</param>
/// <param name="Id">Its id.</param>
/// <param name="Sender">Who sent it.</param>
/// <param name="To">Null where it creates a contract.</param>
/// <param name="Value">Base units that it moves.</param>
/// <param name="Fee">Base units paid for gas.</param>
/// <param name="FeePayer">Null where the sender pays.</param>
/// <param name="Succeeded">Of its receipt.</param>
/// <param name="GasUsed">Of its receipt.</param>
/// <param name="Selector">First four bytes of the call data; null where there are fewer or no recipient.</param>
internal sealed record TransactionRow(
    ulong Position,
    ulong TimeMs,
    Hash32 Id,
    Address Sender,
    Address? To,
    UInt256 Value,
    UInt256 Fee,
    Address? FeePayer,
    bool Succeeded,
    ulong GasUsed,
    uint? Selector)
{
    private const ulong HasTo = 1;
    private const ulong HasFeePayer = 2;
    private const ulong HasSelector = 4;
    private const ulong IsSuccess = 8;

    public static TransactionRow Of(
        ulong position, BlockTime time, Transaction transaction, Receipt receipt, UInt256 fee)
    {
        TransactionBody body = transaction.Body;
        ReadOnlySpan<byte> data = body.Data.Span;
        return new TransactionRow(
            position,
            time.UnixMs,
            transaction.Id,
            transaction.Sender,
            body.To,
            body.Value,
            fee,
            body.FeePayer,
            receipt.Succeeded,
            receipt.GasUsed.Value,
            body.To is null || data.Length < sizeof(uint)
                ? null
                : System.Buffers.Binary.BinaryPrimitives.ReadUInt32BigEndian(data));
    }

    public void Encode(ChunkWriter writer)
    {
        writer.WriteHash(Id);
        writer.WriteNumber(
            (To is null ? 0 : HasTo)
            | (FeePayer is null ? 0 : HasFeePayer)
            | (Selector is null ? 0 : HasSelector)
            | (Succeeded ? IsSuccess : 0));
        writer.WriteWord(Sender);
        writer.WriteWord(Value);
        writer.WriteWord(Fee);
        writer.WriteNumber(GasUsed);
        if (To is { } to)
        {
            writer.WriteWord(to);
        }

        if (FeePayer is { } payer)
        {
            writer.WriteWord(payer);
        }

        if (Selector is { } selector)
        {
            writer.WriteNumber(selector);
        }
    }

    /// <summary>Passes over a row.</summary>
    public static void Skip(ref ChunkReader reader)
    {
        reader.Skip(Hash32.Size);
        ulong flags = reader.ReadNumber();
        reader.SkipWord();
        reader.SkipWord();
        reader.SkipWord();
        _ = reader.ReadNumber();
        foreach (ulong word in (ReadOnlySpan<ulong>)[HasTo, HasFeePayer])
        {
            if ((flags & word) != 0)
            {
                reader.SkipWord();
            }
        }

        _ = (flags & HasSelector) == 0 ? 0 : reader.ReadNumber();
    }

    public static TransactionRow Decode(ulong position, ulong timeMs, ref ChunkReader reader)
    {
        Hash32 id = reader.ReadHash();
        ulong flags = reader.ReadNumber();
        Address sender = reader.ReadAddress();
        UInt256 value = reader.ReadWord();
        UInt256 fee = reader.ReadWord();
        ulong gasUsed = reader.ReadNumber();
        Address? to = (flags & HasTo) == 0 ? null : reader.ReadAddress();
        Address? payer = (flags & HasFeePayer) == 0 ? null : reader.ReadAddress();
        uint? selector = (flags & HasSelector) == 0 ? null : (uint)reader.ReadNumber();
        bool succeeded = (flags & IsSuccess) != 0;
        return new TransactionRow(
            position, timeMs, id, sender, to, value, fee, payer, succeeded, gasUsed, selector);
    }
}
