using System.Buffers.Binary;

namespace EnergyChain.Node.Storage;

/// <summary>
/// The 16 bytes before a record: marker, length, CRC-32C of the payload, CRC-32C of those twelve bytes. The marker and
/// a checksum of its own let a scan find sound records behind a damaged one, which tells damage from a torn tail.
/// </summary>
internal readonly record struct RecordFrame(uint Length, uint PayloadCrc)
{
    public const int Size = 16;

    private const uint Marker = 0x4345_5231;
    private const int CrcOffset = Size - sizeof(uint);

    public static ReadOnlySpan<byte> MarkerBytes => "1REC"u8;

    public static void Write(Span<byte> destination, ReadOnlySpan<byte> payload)
    {
        BinaryPrimitives.WriteUInt32LittleEndian(destination, Marker);
        BinaryPrimitives.WriteUInt32LittleEndian(destination[4..], (uint)payload.Length);
        BinaryPrimitives.WriteUInt32LittleEndian(destination[8..], Crc32C.Of(payload));
        BinaryPrimitives.WriteUInt32LittleEndian(destination[CrcOffset..], Crc32C.Of(destination[..CrcOffset]));
    }

    public static bool TryRead(ReadOnlySpan<byte> bytes, out RecordFrame frame)
    {
        frame = default;
        if (bytes.Length < Size
            || BinaryPrimitives.ReadUInt32LittleEndian(bytes) != Marker
            || BinaryPrimitives.ReadUInt32LittleEndian(bytes[CrcOffset..]) != Crc32C.Of(bytes[..CrcOffset]))
        {
            return false;
        }

        frame = new RecordFrame(
            BinaryPrimitives.ReadUInt32LittleEndian(bytes[4..]), BinaryPrimitives.ReadUInt32LittleEndian(bytes[8..]));
        return true;
    }
}
