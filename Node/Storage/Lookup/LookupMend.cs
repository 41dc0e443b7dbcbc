using EnergyChain.Core.Chain;
using EnergyChain.Core.Primitives;

namespace EnergyChain.Node.Storage.Lookup;

/// <summary>
/// Finds the entries of a gap again in the blocks of the run, a few blocks at a time. For one thread.
/// </summary>
internal sealed class LookupMend(LookupRun run, LookupGap gap, Func<Height, Block?> read)
{
    private readonly Dictionary<Hash32, LookupEntry> _found = [];
    private ulong _next = run.Span.First;

    public LookupRun Run => run;

    /// <summary>Reads on; true when it has ended, well or not.</summary>
    /// <param name="transactions">About so many transactions, and as many blocks at most.</param>
    /// <param name="mended">Whether the pages are sound again.</param>
    public bool Advance(int transactions, out bool mended)
    {
        mended = false;
        for (int blocks = transactions; transactions > 0 && blocks > 0 && _next <= run.Span.Last; blocks--)
        {
            if (read(new Height(_next)) is not { } block)
            {
                return true;
            }

            foreach (LookupEntry entry in LookupEntry.Of(block).Where(entry => gap.Covers(entry.Key)))
            {
                _found.TryAdd(entry.Key, entry);
            }

            transactions -= block.Transactions.Count;
            _next++;
        }

        if (_next <= run.Span.Last)
        {
            return false;
        }

        mended = _found.Count == gap.Entries;
        if (mended)
        {
            run.Mend(gap, [.. _found.Values.Order()]);
        }

        return true;
    }
}
