using EnergyChain.Core;
using EnergyChain.Core.Primitives;

namespace EnergyChain.Node.Execution;

/// <summary>
/// The undo sets of the recent blocks, by height without gaps up to the live state's. Bounded in blocks and in bytes,
/// the oldest go first. Reads may run side by side, <see cref="Add"/> alone.
/// </summary>
/// <param name="head">Height of the live state.</param>
/// <param name="options">The bounds.</param>
internal sealed class StateHistory(Height head, ChainOptions options)
{
    private readonly List<UndoSet?> _sets = [];
    private int _dropped;

    /// <summary>Height of the live state.</summary>
    public Height Last { get; private set; } = head;

    /// <summary>The lowest height whose state, after its block, can be got back.</summary>
    public Height First => new(Last.Value - (ulong)Count);

    /// <summary>What the sets take.</summary>
    public long Bytes { get; private set; }

    private int Count => _sets.Count - _dropped;

    /// <summary>Adds the undo set of the next block and drops what is over the bounds.</summary>
    public void Add(UndoSet undo)
    {
        Invariant.Check(undo.Height == Last.Next);
        _sets.Add(undo);
        Bytes += undo.Bytes;
        Last = undo.Height;
        while (Count > 0 && (Count > options.HistoryBlocks || Bytes > options.HistoryBytes))
        {
            Bytes -= _sets[_dropped]!.Bytes;
            _sets[_dropped] = null;
            _dropped++;
        }

        // Shifting the others down costs a place each; done this seldom, a block pays for two.
        if (_dropped * 2 > _sets.Count)
        {
            _sets.RemoveRange(0, _dropped);
            _dropped = 0;
        }
    }

    /// <summary>Passes over a block, where none is kept.</summary>
    public void Skip()
    {
        Invariant.Check(options.HistoryBlocks == 0);
        Last = Last.Next;
    }

    /// <summary>The sets of the blocks above a height that is kept, in ascending order.</summary>
    public ReadOnlySpan<UndoSet?> Above(Height height)
    {
        Invariant.Check(height >= First);
        int later = (int)(Last.Value - Math.Min(height.Value, Last.Value));
        return System.Runtime.InteropServices.CollectionsMarshal.AsSpan(_sets)[^later..];
    }
}
