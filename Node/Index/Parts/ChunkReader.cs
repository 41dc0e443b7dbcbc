using System.Buffers.Binary;
using EnergyChain.Core.Numerics;
using EnergyChain.Core.Primitives;
using EnergyChain.Node.Storage;

namespace EnergyChain.Node.Index.Parts;

/// <summary>Reads what <see cref="ChunkWriter"/> wrote. Throws <see cref="IndexDamageException"/>.</summary>
internal ref struct ChunkReader
{
    private const int WordSize = 32;

    private readonly List<UInt256> _known = [];
    private ReadOnlySpan<byte> _rest;

    /// <param name="chunk">The bytes with their checksum, which is checked.</param>
    public ChunkReader(ReadOnlySpan<byte> chunk)
    {
        int length = chunk.Length - sizeof(uint);
        bool sound = length >= 0
            && Crc32C.Of(chunk[..length]) == BinaryPrimitives.ReadUInt32LittleEndian(chunk[length..]);
        _rest = sound ? chunk[..length] : throw new IndexDamageException("a chunk does not match its checksum");
    }

    public readonly bool IsAtEnd => _rest.IsEmpty;

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
        int length = Take(1)[0];
        if (length > WordSize)
        {
            int known = length - WordSize - 1;
            return known < _known.Count ? _known[known] : throw new IndexDamageException("a word refers to none");
        }

        UInt256 word = UInt256.FromBigEndian(Take(length));
        if (length >= ChunkWriter.LeastKnownBytes && _known.Count < ChunkWriter.MaxKnownWords)
        {
            _known.Add(word);
        }

        return word;
    }

    private ReadOnlySpan<byte> Take(int count)
    {
        if (count > _rest.Length)
        {
            throw new IndexDamageException("a chunk ends too early");
        }

        ReadOnlySpan<byte> taken = _rest[..count];
        _rest = _rest[count..];
        return taken;
    }
}
