namespace EnergyChain.Consensus.Tests.Twins;

/// <summary>One round of a scenario.</summary>
/// <param name="Leader">The member that proposes; where it has a twin, both do.</param>
/// <param name="Groups">
/// For each process the group it is in: messages of this round reach the processes of the same group only.
/// </param>
internal sealed record TwinsRound(int Leader, IReadOnlyList<int> Groups)
{
    public override string ToString() => $"leader {Leader}, {string.Join('|', Enumerable
        .Range(0, Groups.Count)
        .GroupBy(process => Groups[process])
        .Select(group => string.Join(',', group)))}";
}
