using EnergyChain.Node.Consensus;

namespace EnergyChain.Simulation.Nodes;

/// <summary>A positive control: writes as it should, and has nothing to say after a restart.</summary>
internal sealed class ForgetfulJournal(IVoteJournal journal) : IVoteJournal
{
    public void Append(IReadOnlyList<ReadOnlyMemory<byte>> records) => journal.Append(records);

    public IReadOnlyList<byte[]> ReadAll() => [];

    public void ReplaceAll(IReadOnlyList<byte[]> records) => journal.ReplaceAll(records);
}
