using EnergyChain.Simulation.Time;

namespace EnergyChain.Simulation.Disk;

/// <summary>
/// The content of one file: what a reader sees, what is durable, and which bytes lie between the two.
/// </summary>
internal sealed class VirtualFile
{
    /// <summary>What a disk writes whole or not at all.</summary>
    public const int SectorBytes = 512;

    private readonly List<(int Offset, int Length)> _dirty = [];
    private readonly List<(int Offset, int Length)> _lost = [];
    private byte[] _seen = [];
    private byte[] _durable = [];
    private int _durableLength;

    public int Length { get; private set; }

    public bool IsDirty => _dirty.Count > 0 || Length != _durableLength;

    public int Read(long offset, Span<byte> destination)
    {
        int count = (int)Math.Clamp(Length - offset, 0, destination.Length);
        if (count > 0)
        {
            _seen.AsSpan((int)offset, count).CopyTo(destination);
        }

        return count;
    }

    public void Write(long offset, ReadOnlySpan<byte> bytes)
    {
        int end = (int)offset + bytes.Length;
        Grow(ref _seen, end);
        bytes.CopyTo(_seen.AsSpan((int)offset));
        Length = Math.Max(Length, end);
        _dirty.Add(((int)offset, bytes.Length));
    }

    public void Truncate(long length)
    {
        if (length < Length)
        {
            _seen.AsSpan((int)length, Length - (int)length).Clear();
            Length = (int)length;
        }
    }

    public void Sync()
    {
        foreach ((int offset, int length) in _dirty)
        {
            Persist(offset, length);
        }

        _dirty.Clear();
        _durableLength = Length;
    }

    /// <summary>
    /// A sync that failed: the kernel has marked the pages clean, so a later sync says yes without writing them.
    /// </summary>
    public void LoseDirty()
    {
        _lost.AddRange(_dirty);
        _dirty.Clear();
    }

    /// <summary>
    /// The kernel needs memory: what a failed sync left clean, and no later write has made anew, is read from the disk.
    /// </summary>
    public void EvictLost()
    {
        foreach ((int offset, int length) in _lost)
        {
            int end = Math.Min(offset + length, Length);
            for (int position = offset; position < end; position++)
            {
                if (!_dirty.Exists(range => position >= range.Offset && position < range.Offset + range.Length))
                {
                    _seen[position] = position < _durable.Length ? _durable[position] : (byte)0;
                }
            }
        }

        _lost.Clear();
    }

    /// <summary>An independent copy.</summary>
    public VirtualFile Copy()
    {
        VirtualFile copy = new()
        {
            _seen = [.. _seen.AsSpan(0, Length)],
            _durable = [.. _durable],
            _durableLength = _durableLength,
            Length = Length,
        };
        copy._dirty.AddRange(_dirty);
        copy._lost.AddRange(_lost);
        return copy;
    }

    /// <summary>The bytes that are on the disk.</summary>
    public byte[] Durable() => _durable.AsSpan(0, _durableLength).ToArray();

    /// <summary>Turns one bit over, on the disk as well.</summary>
    public void Flip(int position, int bit)
    {
        _seen[position] ^= (byte)(1 << bit);
        if (position < _durableLength)
        {
            _durable[position] ^= (byte)(1 << bit);
        }
    }

    /// <summary>The durable bytes, and of what was added behind them the first so many percent.</summary>
    public VirtualFile AfterCrash(int unsyncedPercent)
    {
        int extra = Math.Max(Length - _durableLength, 0) * unsyncedPercent / 100;
        VirtualFile after = new();
        after.Write(0, _durable.AsSpan(0, _durableLength));
        if (extra > 0)
        {
            after.Write(_durableLength, _seen.AsSpan(_durableLength, extra));
        }

        after.Sync();
        return after;
    }

    /// <summary>The durable bytes, and of the others what a loss of power leaves.</summary>
    public VirtualFile AfterPowerCut(SeededRandom random, PowerLoss loss)
    {
        VirtualFile after = new();
        after.Write(0, _durable.AsSpan(0, _durableLength));
        bool isCutDone = Length < _durableLength && loss != PowerLoss.Nothing && random.Chance(50);
        after.Length = isCutDone ? Length : _durableLength;
        int prefix = loss == PowerLoss.Prefix ? random.Below(_dirty.Sum(static range => range.Length) + 1) : 0;
        int sectorPercent = random.Pick([10, 50, 90]);
        foreach ((int offset, int length) in _dirty)
        {
            int end = Math.Min(offset + length, Length);
            switch (loss)
            {
                case PowerLoss.Everything:
                case PowerLoss.Writes when random.Chance(50):
                    Take(after, offset, end);
                    break;
                case PowerLoss.Sectors:
                    TakeSectors(after, offset, end, random, sectorPercent);
                    break;
                case PowerLoss.Prefix:
                    Take(after, offset, Math.Min(end, offset + prefix));
                    prefix = Math.Max(0, prefix - length);
                    break;
                default:
                    break;
            }
        }

        if (loss == PowerLoss.LengthAlone || (loss == PowerLoss.Sectors && random.Chance(25)))
        {
            Grow(ref after._seen, Length);
            after.Length = Math.Max(after.Length, Length);
        }

        after.PersistAll();
        return after;
    }

    private void Take(VirtualFile after, int start, int end)
    {
        if (end > start)
        {
            after.Write(start, _seen.AsSpan(start, end - start));
        }
    }

    // Where a later one is there and an earlier one is not, zeros lie between.
    private void TakeSectors(VirtualFile after, int offset, int end, SeededRandom random, int percent)
    {
        for (int start = offset; start < end;)
        {
            int next = Math.Min(end, ((start / SectorBytes) + 1) * SectorBytes);
            if (random.Chance(percent))
            {
                Take(after, start, random.Chance(5) ? random.Between(start, next) : next);
            }

            start = next;
        }
    }

    private static void Grow(ref byte[] bytes, int needed)
    {
        if (bytes.Length < needed)
        {
            Array.Resize(ref bytes, Math.Max(needed, Math.Max(256, bytes.Length * 2)));
        }
    }

    private void Persist(int offset, int length)
    {
        int end = Math.Min(offset + length, Length);
        if (end > offset)
        {
            Grow(ref _durable, end);
            _seen.AsSpan(offset, end - offset).CopyTo(_durable.AsSpan(offset));
        }
    }

    private void PersistAll()
    {
        _dirty.Clear();
        _durable = _seen.AsSpan(0, Length).ToArray();
        _durableLength = Length;
    }
}
