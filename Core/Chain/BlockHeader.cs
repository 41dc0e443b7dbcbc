using EnergyChain.Core.Codec;
using EnergyChain.Core.Crypto;
using EnergyChain.Core.Primitives;

namespace EnergyChain.Core.Chain;

/// <summary>
/// A block's header; its hash is the block's hash. Execution follows commit: the roots and gas in the header of
/// height h are those after executing height h-1.
/// </summary>
public sealed class BlockHeader : IBcsValue<BlockHeader>
{
    /// <summary>The format that this code writes and reads.</summary>
    public const ushort CurrentVersion = 2;

    private Hash32? _hash;

    public ushort Version { get; init; } = CurrentVersion;

    public required ChainId ChainId { get; init; }

    public required Height Height { get; init; }

    public required BlockTime Time { get; init; }

    public required Hash32 ParentHash { get; init; }

    /// <summary>Merkle root of the transaction ids in order.</summary>
    public required Hash32 TransactionsRoot { get; init; }

    public required Hash32 ParentStateRoot { get; init; }

    public required Hash32 ParentReceiptsRoot { get; init; }

    public required Gas ParentGasUsed { get; init; }

    /// <summary>Hash of the term of this height: its council and the parameters in force.</summary>
    public required Hash32 TermHash { get; init; }

    /// <summary>Hash of the term of the next height, which follows from executing the parent.</summary>
    public required Hash32 NextTermHash { get; init; }

    /// <summary>The member that first proposed the block; its address receives the gas fees.</summary>
    public required Address Proposer { get; init; }

    /// <summary>Hash of the certificate for the parent that the block carries; 32 zero bytes at height 1.</summary>
    public required Hash32 LastCertificateHash { get; init; }

    /// <summary>Merkle root of the hashes of the evidence.</summary>
    public required Hash32 EvidenceRoot { get; init; }

    /// <summary>BLAKE2b-256 of the canonical bytes.</summary>
    public Hash32 Hash => _hash ??= Blake2b.Hash(Bcs.Encode(this));

    public static BlockHeader Decode(ref BcsReader reader)
    {
        ushort version = reader.ReadU16();
        if (version != CurrentVersion)
        {
            reader.Fail(DecodeError.UnknownVariant);
        }

        return new BlockHeader
        {
            Version = version,
            ChainId = new ChainId(reader.ReadU64()),
            Height = new Height(reader.ReadU64()),
            Time = new BlockTime(reader.ReadU64()),
            ParentHash = reader.ReadHash(),
            TransactionsRoot = reader.ReadHash(),
            ParentStateRoot = reader.ReadHash(),
            ParentReceiptsRoot = reader.ReadHash(),
            ParentGasUsed = new Gas(reader.ReadU64()),
            TermHash = reader.ReadHash(),
            NextTermHash = reader.ReadHash(),
            Proposer = reader.ReadAddress(),
            LastCertificateHash = reader.ReadHash(),
            EvidenceRoot = reader.ReadHash(),
        };
    }

    public void Encode(BcsWriter writer)
    {
        writer.WriteU16(Version);
        writer.WriteU64(ChainId.Value);
        writer.WriteU64(Height.Value);
        writer.WriteU64(Time.UnixMs);
        writer.WriteHash(ParentHash);
        writer.WriteHash(TransactionsRoot);
        writer.WriteHash(ParentStateRoot);
        writer.WriteHash(ParentReceiptsRoot);
        writer.WriteU64(ParentGasUsed.Value);
        writer.WriteHash(TermHash);
        writer.WriteHash(NextTermHash);
        writer.WriteAddress(Proposer);
        writer.WriteHash(LastCertificateHash);
        writer.WriteHash(EvidenceRoot);
    }
}
