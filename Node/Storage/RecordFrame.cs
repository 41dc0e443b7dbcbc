using System.Buffers.Binary;

namespace EnergyChain.Node.Storage;

/// <summary>
/// The 16 bytes before a record: marker, length, CRC-32C of the payload, CRC-32C of those twelve bytes. The marker and
/// a checksum of its own let a scan find sound records behind a damaged one, which tells damage from a torn tail. That
/// checksum is masked with the file's salt and the place: what a payload holds, or what stood elsewhere, is no record.
/// </summary>
internal readonly record struct RecordFrame(uint Length, uint PayloadCrc)
{
    public const int Size = 16;

    private const uint Marker = 0x4345_5231;
    private const ulong OffsetFactor = 0x9E37_79B9_7F4A_7C15;
    private const int CrcOffset = Size - sizeof(uint);

    public static ReadOnlySpan<byte> MarkerBytes => "1REC"u8;

    public static void Write(Span<byte> destination, ReadOnlySpan<byte> payload, uint mask)
    {
        BinaryPrimitives.WriteUInt32LittleEndian(destination, Marker);
        BinaryPrimitives.WriteUInt32LittleEndian(destination[4..], (uint)payload.Length);
        BinaryPrimitives.WriteUInt32LittleEndian(destination[8..], Crc32C.Of(payload));
        uint crc = Crc32C.Of(destination[..CrcOffset]) ^ mask;
        BinaryPrimitives.WriteUInt32LittleEndian(destination[CrcOffset..], crc);
    }

    public static bool TryRead(ReadOnlySpan<byte> bytes, uint mask, out RecordFrame frame)
    {
        frame = default;
        return HasMarker(bytes) && MaskThatFits(bytes, out frame) == mask;
    }

    public static bool HasMarker(ReadOnlySpan<byte> bytes) =>
        bytes.Length >= Size && BinaryPrimitives.ReadUInt32LittleEndian(bytes) == Marker;

    /// <summary>The mask under which a frame is sound, as far as nothing else of it is damaged.</summary>
    public static uint MaskThatFits(ReadOnlySpan<byte> bytes, out RecordFrame frame)
    {
        frame = new RecordFrame(
            BinaryPrimitives.ReadUInt32LittleEndian(bytes[4..]), BinaryPrimitives.ReadUInt32LittleEndian(bytes[8..]));
        return BinaryPrimitives.ReadUInt32LittleEndian(bytes[CrcOffset..]) ^ Crc32C.Of(bytes[..CrcOffset]);
    }

    /// <summary>The mask of a place in a file; none in files of format 2, which have no salt.</summary>
    public static uint MaskOf(uint salt, long offset) => salt == 0 ? 0 : salt ^ Mixed(offset);

    /// <summary>The salt of the file that has this mask at this place.</summary>
    public static uint SaltOf(uint mask, long offset) => mask == 0 ? 0 : mask ^ Mixed(offset);

    private static uint Mixed(long offset) => unchecked((uint)(((ulong)offset * OffsetFactor) >> 32));
}
