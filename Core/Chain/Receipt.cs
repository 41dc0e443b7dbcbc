using EnergyChain.Core.Codec;
using EnergyChain.Core.Crypto;
using EnergyChain.Core.Primitives;

namespace EnergyChain.Core.Chain;

/// <summary>
/// What executing one transaction did. The Merkle root of a block's receipts stands in the next header.
/// </summary>
/// <param name="TransactionId">The transaction.</param>
/// <param name="Succeeded">False where it reverted or ran out of gas; its nonce and gas are spent all the same.</param>
/// <param name="GasUsed">Gas paid for.</param>
/// <param name="CreatedContract">The contract it made, if it made one.</param>
/// <param name="Logs">Events in order; empty where it failed.</param>
/// <param name="Output">Return data, or revert data where it failed; at most <see cref="MaxOutputBytes"/>.</param>
public sealed record Receipt(
    Hash32 TransactionId,
    bool Succeeded,
    Gas GasUsed,
    Address? CreatedContract,
    IReadOnlyList<LogEntry> Logs,
    ReadOnlyMemory<byte> Output) : IBcsValue<Receipt>
{
    /// <summary>Bytes of return data that a receipt keeps; longer data is cut.</summary>
    public const int MaxOutputBytes = 1_024;

    private const int MaxLogs = 65_536;

    /// <summary>BLAKE2b-256 of the canonical bytes.</summary>
    public Hash32 Hash => HashWith(new BcsWriter());

    /// <summary><see cref="Hash"/> by way of a writer that is used again and again.</summary>
    public Hash32 HashWith(BcsWriter writer)
    {
        writer.Clear();
        Encode(writer);
        return Blake2b.Hash(writer.WrittenSpan);
    }

    public static Receipt Decode(ref BcsReader reader) => new(
        reader.ReadHash(),
        reader.ReadBool(),
        new Gas(reader.ReadU64()),
        reader.ReadBool() ? reader.ReadAddress() : null,
        Bcs.ReadList<LogEntry>(ref reader, MaxLogs),
        reader.ReadBytes(MaxOutputBytes));

    public void Encode(BcsWriter writer)
    {
        writer.WriteHash(TransactionId);
        writer.WriteBool(Succeeded);
        writer.WriteU64(GasUsed.Value);
        writer.WriteBool(CreatedContract is not null);
        if (CreatedContract is { } created)
        {
            writer.WriteAddress(created);
        }

        writer.WriteList(Logs);
        writer.WriteBytes(Output.Span);
    }
}
