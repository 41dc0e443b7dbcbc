using System.Buffers.Binary;
using EnergyChain.Core.Primitives;

namespace EnergyChain.Node.Storage;

/// <summary>
/// The first 64 bytes of every binary file: magic, format version, kind, genesis hash, a number that the kind gives a
/// meaning (first height, count), a salt for the frames of records, CRC-32C.
/// </summary>
/// <param name="Kind">What the file holds.</param>
/// <param name="GenesisHash">The chain it belongs to.</param>
/// <param name="Number">First height of a segment, height of a checkpoint, and so on.</param>
public readonly record struct FileHeader(FileKind Kind, Hash32 GenesisHash, ulong Number)
{
    /// <summary>Bytes of a header.</summary>
    public const int Size = 64;

    /// <summary>The format that this code writes and reads.</summary>
    public const uint CurrentVersion = 3;

    /// <summary>The oldest format that this code reads: its records have no salt.</summary>
    public const uint OldestVersion = 2;

    private const int SaltOffset = 56;
    private const int CrcOffset = Size - sizeof(uint);

    /// <summary>Masks the frames of records (<see cref="RecordFrame"/>); 0 where they are not masked.</summary>
    public uint Salt { get; init; }

    private static ReadOnlySpan<byte> Magic => "ENCHAIN\n"u8;

    public byte[] Encode()
    {
        byte[] bytes = new byte[Size];
        Magic.CopyTo(bytes);
        BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(8), CurrentVersion);
        BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(12), (uint)Kind);
        GenesisHash.CopyTo(bytes.AsSpan(16));
        BinaryPrimitives.WriteUInt64LittleEndian(bytes.AsSpan(48), Number);
        BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(SaltOffset), Salt);
        BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(CrcOffset), Crc32C.Of(bytes.AsSpan(0, CrcOffset)));
        return bytes;
    }

    /// <summary>
    /// Reads the header of a file of this chain. False where it is damaged; a newer version or another chain throws
    /// <see cref="StorageException"/>, because nothing of such a file may be cut or rebuilt.
    /// </summary>
    public static bool TryRead(
        IDiskFile file, string path, FileKind kind, Hash32 genesisHash, out FileHeader header)
    {
        Span<byte> bytes = stackalloc byte[Size];
        header = default;
        return file.Read(0, bytes) == Size
            && TryRead(bytes, path, genesisHash, "use another data directory.", out header)
            && header.Kind == kind;
    }

    /// <summary>The same of 64 bytes, of any kind.</summary>
    /// <param name="bytes">The first bytes of a file.</param>
    /// <param name="path">The file, for the sentence.</param>
    /// <param name="genesisHash">The chain.</param>
    /// <param name="remedy">What to do where it is of another chain or an older version.</param>
    /// <param name="header">What they say.</param>
    public static bool TryRead(
        ReadOnlySpan<byte> bytes, string path, Hash32 genesisHash, string remedy, out FileHeader header)
    {
        header = default;
        if (bytes.Length != Size
            || !bytes.StartsWith(Magic)
            || BinaryPrimitives.ReadUInt32LittleEndian(bytes[CrcOffset..]) != Crc32C.Of(bytes[..CrcOffset]))
        {
            return false;
        }

        uint version = BinaryPrimitives.ReadUInt32LittleEndian(bytes[8..]);
        if (version is < OldestVersion or > CurrentVersion)
        {
            throw new StorageException(
                $"{path} has format version {version}; this node reads {OldestVersion} to {CurrentVersion}: "
                + (version > CurrentVersion ? "start a newer node." : remedy));
        }

        Hash32 genesis = new(bytes.Slice(16, Hash32.Size));
        if (genesis != genesisHash)
        {
            throw new StorageException(
                $"{path} belongs to the chain with genesis {genesis}, not to {genesisHash}: {remedy}");
        }

        header = new FileHeader(
            (FileKind)BinaryPrimitives.ReadUInt32LittleEndian(bytes[12..]),
            genesis,
            BinaryPrimitives.ReadUInt64LittleEndian(bytes[48..]))
        {
            Salt = BinaryPrimitives.ReadUInt32LittleEndian(bytes[SaltOffset..]),
        };
        return true;
    }
}
