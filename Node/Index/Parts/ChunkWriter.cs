using System.Buffers.Binary;
using System.Numerics;
using System.Runtime.InteropServices;
using EnergyChain.Core.Numerics;
using EnergyChain.Core.Primitives;
using EnergyChain.Node.Storage;

namespace EnergyChain.Node.Index.Parts;

/// <summary>
/// Writes the bytes of a chunk: numbers in ULEB128, words of 32 bytes without their leading zeros, and a long word that
/// stood in the chunk before as one byte. Most of an event is short numbers, its contract, its topic and its account.
/// </summary>
internal sealed class ChunkWriter
{
    /// <summary>Words that a chunk can refer back to.</summary>
    public const int MaxKnownWords = 200;

    /// <summary>Significant bytes from which on a word is worth a reference.</summary>
    public const int LeastKnownBytes = 6;

    private const int WordSize = 32;

    private readonly Dictionary<UInt256, byte> _known = [];
    private byte[] _buffer = new byte[16 * 1024];

    public int Length { get; private set; }

    public void WriteNumber(ulong value)
    {
        Span<byte> number = stackalloc byte[10];
        WriteFixed(number[..Number.Write(number, value)]);
    }

    public void WriteFixed(ReadOnlySpan<byte> bytes) => bytes.CopyTo(Take(bytes.Length));

    public void WriteHash(Hash32 hash) => hash.CopyTo(Take(Hash32.Size));

    public void WriteWord(Address address)
    {
        Span<byte> word = stackalloc byte[WordSize];
        word.Clear();
        address.CopyTo(word[(WordSize - Address.Size)..]);
        WriteWord(word);
    }

    public void WriteWord(Hash32 hash)
    {
        Span<byte> word = stackalloc byte[WordSize];
        hash.CopyTo(word);
        WriteWord(word);
    }

    public void WriteWord(in UInt256 value)
    {
        Span<byte> word = stackalloc byte[WordSize];
        value.WriteBigEndian(word);
        WriteWord(word);
    }

    /// <param name="word">32 bytes.</param>
    public void WriteWord(ReadOnlySpan<byte> word)
    {
        int zeros = word.IndexOfAnyExcept((byte)0);
        ReadOnlySpan<byte> rest = zeros < 0 ? [] : word[zeros..];
        if (rest.Length >= LeastKnownBytes)
        {
            ref byte known = ref CollectionsMarshal.GetValueRefOrAddDefault(
                _known, UInt256.FromBigEndian(word), out bool exists);
            if (exists)
            {
                Take(1)[0] = known;
                return;
            }

            known = (byte)(WordSize + _known.Count);
            if (_known.Count > MaxKnownWords)
            {
                _known.Remove(UInt256.FromBigEndian(word));
            }
        }

        Take(1)[0] = (byte)rest.Length;
        WriteFixed(rest);
    }

    /// <summary>The bytes so far with their checksum; the writer can go on.</summary>
    public byte[] ToArray()
    {
        byte[] bytes = new byte[Length + sizeof(uint)];
        _buffer.AsSpan(0, Length).CopyTo(bytes);
        BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(Length), Crc32C.Of(bytes.AsSpan(0, Length)));
        return bytes;
    }

    public void Clear()
    {
        Length = 0;
        _known.Clear();
    }

    private Span<byte> Take(int count)
    {
        if (_buffer.Length - Length < count)
        {
            Array.Resize(ref _buffer, (int)BitOperations.RoundUpToPowerOf2((uint)(Length + count)));
        }

        Length += count;
        return _buffer.AsSpan(Length - count, count);
    }
}
