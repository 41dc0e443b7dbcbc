using EnergyChain.Consensus.Rules;
using EnergyChain.Consensus.State;

namespace EnergyChain.Node.Consensus;

/// <summary>
/// What of consensus a simulator sets otherwise: smaller bounds, so that they are met in minutes, and broken rules
/// that it has to find.
/// </summary>
internal sealed record ConsensusTuning
{
    public static ConsensusTuning Production { get; } = new();

    public MachineRules Rules { get; init; } = MachineRules.Paper;

    public TimeoutDurations Timeouts { get; init; } = new();

    /// <summary>Bytes written to the vote journal after which old heights are dropped.</summary>
    public long CompactAfterBytes { get; init; } = JournalWriter.CompactAfterBytes;
}
