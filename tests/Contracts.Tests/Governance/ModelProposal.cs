using EnergyChain.Core.Numerics;

namespace EnergyChain.Contracts.Tests.Governance;

/// <summary>A proposal of <see cref="CouncilModel"/>; keys and members are numbers.</summary>
internal sealed class ModelProposal
{
    public required ulong Id { get; init; }

    public required ProposalKind Kind { get; init; }

    public int Key { get; init; }

    public CouncilParameter Parameter { get; init; }

    public UInt256 Value { get; init; }

    public required int Proposer { get; init; }

    public required ulong ExpiresAt { get; init; }

    public ProposalState State { get; set; } = ProposalState.Open;

    public HashSet<int> Approvers { get; } = [];

    public bool AsksTheSameAs(ModelProposal other) =>
        Kind == other.Kind && Key == other.Key && Parameter == other.Parameter && Value == other.Value;
}
