using EnergyChain.Node.Consensus;

namespace EnergyChain.CrashTests.Plants;

/// <summary>
/// A planted bug: what is appended is written with the next append, as where nobody waits for the first.
/// </summary>
internal sealed class LateJournal(IVoteJournal journal) : IVoteJournal
{
    private IReadOnlyList<ReadOnlyMemory<byte>> _late = [];

    public void Append(IReadOnlyList<ReadOnlyMemory<byte>> records)
    {
        Write();
        _late = [.. records.Select(static record => (ReadOnlyMemory<byte>)record.ToArray())];
    }

    public IReadOnlyList<byte[]> ReadAll()
    {
        Write();
        return journal.ReadAll();
    }

    public void ReplaceAll(IReadOnlyList<byte[]> records)
    {
        _late = [];
        journal.ReplaceAll(records);
    }

    private void Write()
    {
        journal.Append(_late);
        _late = [];
    }
}
