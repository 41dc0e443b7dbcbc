using EnergyChain.Core.Primitives;

namespace EnergyChain.Consensus.Safety;

/// <summary>What of a journal is still needed.</summary>
public static class JournalCompaction
{
    /// <summary>
    /// Everything of <paramref name="height"/> and later, and the last own message of all: it keeps the guard from
    /// signing again below it, even where the block log lost heights.
    /// </summary>
    public static IReadOnlyList<JournalRecord> Keep(IReadOnlyList<JournalRecord> records, Height height)
    {
        JournalRecord? last = records.LastOrDefault(
            record => record is JournalRecord.OwnVote or JournalRecord.OwnProposal);
        return [.. records.Where(record => record.Height >= height || ReferenceEquals(record, last))];
    }
}
