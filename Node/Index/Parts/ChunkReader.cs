using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using EnergyChain.Core.Numerics;
using EnergyChain.Core.Primitives;
using EnergyChain.Node.Storage;

namespace EnergyChain.Node.Index.Parts;

/// <summary>
/// Reads what <see cref="ChunkWriter"/> wrote, without memory of its own: what is passed over costs nearly nothing.
/// Throws <see cref="IndexDamageException"/>.
/// </summary>
internal ref struct ChunkReader
{
    private const int WordSize = 32;

    private readonly ReadOnlySpan<byte> _bytes;
    private KnownWords _known;
    private int _knownCount;
    private int _at;

    /// <param name="chunk">The bytes with their checksum, which is checked.</param>
    public ChunkReader(ReadOnlySpan<byte> chunk)
    {
        int length = chunk.Length - sizeof(uint);
        bool sound = length >= 0
            && Crc32C.Of(chunk[..length]) == BinaryPrimitives.ReadUInt32LittleEndian(chunk[length..]);
        _bytes = sound ? chunk[..length] : throw new IndexDamageException("a chunk does not match its checksum");
    }

    public readonly bool IsAtEnd => _at == _bytes.Length;

    public ulong ReadNumber()
    {
        ulong value = 0;
        for (int shift = 0; shift < 64; shift += 7)
        {
            byte next = Take(1)[0];
            value |= (ulong)(next & 0x7F) << shift;
            if (next < 0x80)
            {
                return value;
            }
        }

        throw new IndexDamageException("a number has no end");
    }

    public int ReadCount(int limit)
    {
        ulong count = ReadNumber();
        return count <= (ulong)limit ? (int)count : throw new IndexDamageException($"{count} of at most {limit}");
    }

    public Hash32 ReadHash() => new(Take(Hash32.Size));

    public void ReadFixed(scoped Span<byte> destination) => Take(destination.Length).CopyTo(destination);

    public void Skip(int count) => Take(count);

    public Address ReadAddress()
    {
        Span<byte> word = stackalloc byte[WordSize];
        ReadWord().WriteBigEndian(word);
        return new Address(word[(WordSize - Address.Size)..]);
    }

    public UInt256 ReadWord()
    {
        int place = PassWord();
        return UInt256.FromBigEndian(_bytes.Slice(place + 1, _bytes[place]));
    }

    public void SkipWord() => PassWord();

    // Where the word stands: its length, then its bytes.
    private int PassWord()
    {
        int place = _at;
        int length = Take(1)[0];
        if (length > WordSize)
        {
            int known = length - WordSize - 1;
            return known < _knownCount ? _known[known] : throw new IndexDamageException("a word refers to none");
        }

        Take(length);
        if (length >= ChunkWriter.LeastKnownBytes && _knownCount < ChunkWriter.MaxKnownWords)
        {
            _known[_knownCount++] = place;
        }

        return place;
    }

    private ReadOnlySpan<byte> Take(int count)
    {
        if (count > _bytes.Length - _at)
        {
            throw new IndexDamageException("a chunk ends too early");
        }

        ReadOnlySpan<byte> taken = _bytes.Slice(_at, count);
        _at += count;
        return taken;
    }

    [InlineArray(ChunkWriter.MaxKnownWords)]
    private struct KnownWords
    {
        private int _place;
    }
}
