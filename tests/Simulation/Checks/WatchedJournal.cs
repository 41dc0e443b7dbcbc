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
            if (Bcs.TryDecode(bytes.Span, out JournalRecord? record, out _))
            {
                signed.Add(record);
            }
        }
    }

    public IReadOnlyList<byte[]> ReadAll() => journal.ReadAll();

    public void ReplaceAll(IReadOnlyList<byte[]> records) => journal.ReplaceAll(records);
}
