using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;
using EnergyChain.Core.Crypto;
using EnergyChain.Core.Primitives;

namespace EnergyChain.Node.Site.Subjects;

/// <summary>
/// Seals readings under a subject's key. A record says in clear its site and slot, which the chain tells anyway, and
/// its nonce; the rest is sealed, and bound to chain, file, place in the file, site and slot, so that no record can
/// stand for another. Record: site (4), slot (8), nonce (24), sealed text, tag (16), little-endian.
/// </summary>
internal sealed class ReadingsSeal(SealingKey key, Hash32 genesisHash)
{
    private const int SlotOffset = sizeof(uint);
    private const int NonceOffset = SlotOffset + sizeof(long);
    private const int TextOffset = NonceOffset + SealingKey.NonceSize;
    private const int Overhead = TextOffset + SealingKey.TagSize;

    private static ReadOnlySpan<byte> Purpose => "energychain readings 1\n"u8;

    /// <summary>The record of a text.</summary>
    /// <param name="file">The file that it goes into.</param>
    /// <param name="offset">Where in the file.</param>
    /// <param name="site">The site.</param>
    /// <param name="slot">The slot.</param>
    /// <param name="text">What is sealed.</param>
    public byte[] Seal(ReadingsFileName file, long offset, uint site, long slot, ReadOnlySpan<byte> text)
    {
        byte[] record = new byte[Overhead + text.Length];
        BinaryPrimitives.WriteUInt32LittleEndian(record, site);
        BinaryPrimitives.WriteInt64LittleEndian(record.AsSpan(SlotOffset), slot);
        Span<byte> nonce = record.AsSpan(NonceOffset, SealingKey.NonceSize);
        RandomNumberGenerator.Fill(nonce);
        key.Seal(nonce, Context(file, offset, record), text, record.AsSpan(TextOffset));
        return record;
    }

    /// <summary>False where the record was not sealed under this key for this place.</summary>
    public bool TryOpen(
        ReadingsFileName file, long offset, ReadOnlySpan<byte> record, [NotNullWhen(true)] out byte[]? text)
    {
        text = record.Length >= Overhead ? new byte[record.Length - Overhead] : null;
        if (text is null
            || !key.TryOpen(
                record.Slice(NonceOffset, SealingKey.NonceSize),
                Context(file, offset, record),
                record[TextOffset..],
                text))
        {
            text = null;
            return false;
        }

        return true;
    }

    // The name comes last: it alone has no fixed length.
    private byte[] Context(ReadingsFileName file, long offset, ReadOnlySpan<byte> record)
    {
        byte[] place = new byte[sizeof(long)];
        BinaryPrimitives.WriteInt64LittleEndian(place, offset);
        return
        [
            .. Purpose,
            .. genesisHash.ToArray(),
            .. record[..NonceOffset],
            .. place,
            .. Encoding.ASCII.GetBytes(file.ToString()),
        ];
    }
}
