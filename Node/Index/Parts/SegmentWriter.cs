using System.Buffers.Binary;
using EnergyChain.Core.Numerics;
using EnergyChain.Node.Storage;

namespace EnergyChain.Node.Index.Parts;

/// <summary>
/// Packs postings, sorted by key and position, into segments of about a page of the database. An entry is a key, its
/// first position and differences; a long list is many entries, so that reading a piece of it stays cheap.
/// </summary>
internal sealed class SegmentWriter(Func<byte[], int> store)
{
    private const int FullBytes = 7_000;
    private const int MaxEntryPositions = 1_024;
    private const int KeySize = 32;

    private readonly List<SegmentPlace> _places = [];
    private readonly byte[] _segment = new byte[FullBytes * 2];
    private readonly byte[] _entry = new byte[MaxEntryPositions * 10];
    private IndexKey _segmentKey;
    private ulong _segmentPosition;
    private int _segmentLength;
    private IndexKey _key;
    private ulong _firstPosition;
    private ulong _lastPosition;
    private int _entryLength;
    private int _count;

    /// <summary>Where the segments begin; complete after <see cref="Finish"/>.</summary>
    public IReadOnlyList<SegmentPlace> Places => _places;

    /// <summary>Ascending by key, then by position; the same pair again is passed over.</summary>
    public void Add(in IndexKey key, ulong position)
    {
        bool isSame = _count > 0 && key == _key;
        if (isSame && position == _lastPosition)
        {
            return;
        }

        if (!isSame || _count == MaxEntryPositions)
        {
            CloseEntry();
            _key = key;
            _firstPosition = _lastPosition = position;
            _count = 1;
            return;
        }

        _entryLength += Number.Write(_entry.AsSpan(_entryLength), position - _lastPosition);
        _lastPosition = position;
        _count++;
    }

    public void Finish()
    {
        CloseEntry();
        Flush();
    }

    private void CloseEntry()
    {
        if (_count == 0)
        {
            return;
        }

        if (_segmentLength > 0 && _segmentLength + _entryLength > FullBytes)
        {
            Flush();
        }

        if (_segmentLength == 0)
        {
            _segmentKey = _key;
            _segmentPosition = _firstPosition;
        }

        Span<byte> key = stackalloc byte[KeySize];
        _key.Value.WriteBigEndian(key);
        key = key[LeadingZeros(_key.Value, key)..];
        Span<byte> target = _segment.AsSpan();
        target[_segmentLength++] = (byte)_key.List;
        target[_segmentLength++] = (byte)key.Length;
        key.CopyTo(target[_segmentLength..]);
        _segmentLength += key.Length;
        _segmentLength += Number.Write(target[_segmentLength..], _firstPosition);
        _segmentLength += Number.Write(target[_segmentLength..], (ulong)_count);
        _segmentLength += Number.Write(target[_segmentLength..], (ulong)_entryLength);
        _entry.AsSpan(0, _entryLength).CopyTo(target[_segmentLength..]);
        _segmentLength += _entryLength;
        _entryLength = 0;
        _count = 0;
    }

    private void Flush()
    {
        if (_segmentLength == 0)
        {
            return;
        }

        byte[] bytes = new byte[_segmentLength + sizeof(uint)];
        _segment.AsSpan(0, _segmentLength).CopyTo(bytes);
        BinaryPrimitives.WriteUInt32LittleEndian(
            bytes.AsSpan(_segmentLength), Crc32C.Of(bytes.AsSpan(0, _segmentLength)));
        _places.Add(new SegmentPlace(_segmentKey, _segmentPosition, store(bytes)));
        _segmentLength = 0;
    }

    private static int LeadingZeros(in UInt256 value, ReadOnlySpan<byte> bytes) =>
        value.IsZero ? KeySize : bytes.IndexOfAnyExcept((byte)0);
}
