using EnergyChain.Consensus.Safety;
using EnergyChain.Core.Codec;
using EnergyChain.Node.Consensus;

namespace EnergyChain.Simulation.Checks;

/// <summary>The node's journal, with a note of what it has said is durable.</summary>
internal sealed class WatchedJournal(IVoteJournal journal, SignedSteps signed) : IVoteJournal
{
    public void Append(IReadOnlyList<ReadOnlyMemory<byte>> records)
    {
        journal.Append(records);
        foreach (ReadOnlyMemory<byte> bytes in records)
        {
            Note(bytes.Span);
        }
    }

    /// <summary>What the journal gives out it has to keep, also what an earlier process had no answer for.</summary>
    public IReadOnlyList<byte[]> ReadAll()
    {
        IReadOnlyList<byte[]> records = journal.ReadAll();
        foreach (byte[] bytes in records)
        {
            Note(bytes);
        }

        return records;
    }

    public void ReplaceAll(IReadOnlyList<byte[]> records) => journal.ReplaceAll(records);

    private void Note(ReadOnlySpan<byte> bytes)
    {
        if (Bcs.TryDecode(bytes, out JournalRecord? record, out _))
        {
            signed.Add(record);
        }
    }
}
