using System.Buffers.Binary;

namespace EnergyChain.Node.Storage;

/// <summary>
/// Reads a segment from its first record on for the offsets of its heights. Damage ends it, or, where sound records of
/// later heights follow and it is told to go on, leaves holes: the heights between.
/// </summary>
internal sealed class SegmentScan(RecordFile file)
{
    private const int HeightBytes = sizeof(ulong);

    private readonly List<long> _offsets = [];
    private readonly List<(ulong Height, long Offset)> _damage = [];

    /// <summary>The offset of each height from the first on; 0 for a damaged record.</summary>
    public List<long> Offsets => _offsets;

    /// <summary>Damaged records and where the damage begins, ascending.</summary>
    public IReadOnlyList<(ulong Height, long Offset)> Damage => _damage;

    /// <summary>Where the last sound record ends.</summary>
    public long End { get; private set; } = FileHeader.Size;

    private ulong NextHeight => file.Header.Number + (ulong)_offsets.Count;

    /// <param name="spansDamage">Whether it goes on behind damage.</param>
    public void Run(bool spansDamage)
    {
        long? next = End;
        while (next is { } offset)
        {
            if (file.TryRead(offset, out byte[]? record) && TryHeightOf(record, out ulong height) && MayFollow(height))
            {
                Add(height, offset, record.Length);
                next = End;
            }
            else
            {
                next = spansDamage ? FindBehind(offset) : null;
            }
        }
    }

    /// <summary>
    /// Counts the heights up to another segment's first as damaged where no record of them was found.
    /// </summary>
    public void FillUpTo(ulong height)
    {
        while (NextHeight < height)
        {
            AddHole(End);
        }
    }

    /// <summary>
    /// Leaves out records at the end that only say that theirs was lost: the chain ends before them and goes on there.
    /// </summary>
    public void CutLostTail()
    {
        while (_offsets is [.., 0])
        {
            End = _damage[^1].Offset;
            _damage.RemoveAt(_damage.Count - 1);
            _offsets.RemoveAt(_offsets.Count - 1);
        }
    }

    internal static bool TryHeightOf(ReadOnlySpan<byte> record, out ulong height)
    {
        bool holds = record.Length >= HeightBytes;
        height = holds ? BinaryPrimitives.ReadUInt64LittleEndian(record) : 0;
        return holds;
    }

    private void Add(ulong height, long offset, int length)
    {
        while (NextHeight < height)
        {
            AddHole(End);
        }

        if (length == HeightBytes)
        {
            AddHole(offset);
        }
        else
        {
            _offsets.Add(offset);
        }

        End = offset + RecordFrame.Size + length;
    }

    private void AddHole(long offset)
    {
        _damage.Add((NextHeight, offset));
        _offsets.Add(0);
    }

    // Right behind a sound record comes the next height. Behind damage later ones may, but no more can be missing than
    // the damaged bytes have room for.
    private bool MayFollow(ulong height, long gapBytes = 0) =>
        height >= NextHeight && height - NextHeight <= (ulong)(gapBytes / (RecordFrame.Size + HeightBytes));

    private long? FindBehind(long offset)
    {
        // Where the frame is sound it says how long its record is: nothing inside that can pass for the next one.
        long? next = file.TryReadFrame(offset, out RecordFrame frame)
            ? offset + RecordFrame.Size + frame.Length
            : file.FindSoundRecord(offset + 1);
        while (next is { } candidate)
        {
            if (file.TryRead(candidate, out byte[]? record)
                && TryHeightOf(record, out ulong height)
                && height > NextHeight
                && MayFollow(height, candidate - offset))
            {
                Add(height, candidate, record.Length);
                return End;
            }

            next = file.FindSoundRecord(candidate + 1);
        }

        return null;
    }
}
