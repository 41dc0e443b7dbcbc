using System.Buffers;

namespace EnergyChain.Node.Index;

/// <summary>
/// The postings of a block in pieces that the collector need not treat as large; <see cref="Release"/> gives them back
/// for the next block. A block of 4,000 meter records has some 100,000. Not thread-safe.
/// </summary>
internal sealed class PostingBuffer
{
    // 48 KiB a piece: large objects begin at 85,000 bytes.
    private const int PiecePostings = 1_024;

    private readonly List<(IndexKey Key, ulong Position)[]> _pieces = [];

    public int Count { get; private set; }

    public void Add((IndexKey Key, ulong Position) posting)
    {
        if (Count == _pieces.Count * PiecePostings)
        {
            _pieces.Add(ArrayPool<(IndexKey, ulong)>.Shared.Rent(PiecePostings));
        }

        _pieces[^1][Count++ % PiecePostings] = posting;
    }

    /// <summary>In the order in which they were added.</summary>
    public IEnumerable<(IndexKey Key, ulong Position)> All()
    {
        for (int i = 0; i < Count; i++)
        {
            yield return _pieces[i / PiecePostings][i % PiecePostings];
        }
    }

    /// <summary>Empties it.</summary>
    public void Release()
    {
        foreach ((IndexKey, ulong)[] piece in _pieces)
        {
            ArrayPool<(IndexKey, ulong)>.Shared.Return(piece);
        }

        _pieces.Clear();
        Count = 0;
    }
}
