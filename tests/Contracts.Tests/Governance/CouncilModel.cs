using EnergyChain.Core.Numerics;

namespace EnergyChain.Contracts.Tests.Governance;

/// <summary>
/// The council in plain lists and sets, written from its rules and not from the contract. Every call gives the name of
/// the error that refuses it, or None.
/// </summary>
internal sealed class CouncilModel(int members, IEnumerable<UInt256> parameters)
{
    private const string None = "None";

    private static readonly (UInt256 Least, UInt256 Most)[] Ranges =
    [
        (100UL, 60_000UL),
        (5_000_000UL, 1_000_000_000_000UL),
        (5_000_000UL, 1_000_000_000_000UL),
        (0UL, 1_000_000_000_000_000UL),
        (1UL, 1_000_000UL),
    ];

    public List<int> Members { get; } = [.. Enumerable.Range(0, members)];

    public HashSet<int> Suspended { get; } = [];

    public List<ModelProposal> Proposals { get; } = [];

    /// <summary>Records in the order of the decisions.</summary>
    public List<int> Erased { get; } = [];

    public UInt256[] Parameters { get; } = [.. parameters];

    public ulong Height { get; set; } = 1;

    public IEnumerable<int> Active => Members.Where(member => !Suspended.Contains(member));

    public IEnumerable<ModelProposal> Open => Proposals.Where(proposal => proposal.State == ProposalState.Open);

    private ulong EpochBlocks => (ulong)Parameters[(int)CouncilParameter.EpochBlocks];

    public string Propose(ModelProposal wanted, ulong blocks)
    {
        if (RefusalOf(wanted) is { } refusal)
        {
            return refusal;
        }

        if (CallerRefusal(wanted.Proposer) is { } caller)
        {
            return caller;
        }

        ulong toEpoch = EpochBlocks - (Height % EpochBlocks);
        if (blocks < toEpoch || blocks > toEpoch + CouncilLimits.MaxWaitBlocks)
        {
            return "DurationOutOfRange";
        }

        if (Open.Count() == CouncilLimits.MaxOpenProposals)
        {
            return "TooManyProposals";
        }

        if (Open.Any(open => open.AsksTheSameAs(wanted) && open.ExpiresAt >= Height))
        {
            return "AlreadyProposed";
        }

        if (Open.Count(open => open.Proposer == wanted.Proposer) >= CouncilLimits.MaxOpenProposalsPerMember)
        {
            return "TooManyProposalsOfMember";
        }

        wanted.Approvers.Add(wanted.Proposer);
        Proposals.Add(wanted);
        return None;
    }

    public string Approve(int actor, ulong id) => OnOpen(actor, id, proposal =>
        proposal.Approvers.Add(actor) ? None : "AlreadyApproved");

    public string Withdraw(int actor, ulong id) => OnOpen(actor, id, proposal =>
    {
        if (!proposal.Approvers.Remove(actor))
        {
            return "NotApproved";
        }

        if (proposal.Approvers.Count == 0)
        {
            proposal.State = ProposalState.Abandoned;
        }

        return None;
    });

    /// <summary>The chain's call in the block at <see cref="Height"/>.</summary>
    public void OnBlock(params int[] offenders)
    {
        foreach (int offender in offenders.Where(Active.Contains))
        {
            if (Active.Count() > 1)
            {
                Suspended.Add(offender);
            }
        }

        if (Height % EpochBlocks != 0)
        {
            return;
        }

        HashSet<int> judges = [.. Active];
        HashSet<int> present = [.. Members];
        int erased = 0;
        foreach (ModelProposal proposal in Open.ToArray())
        {
            if (Height > proposal.ExpiresAt)
            {
                proposal.State = ProposalState.Expired;
            }
            else if (!proposal.Approvers.Overlaps(present))
            {
                proposal.State = ProposalState.Abandoned;
            }
            else if (3 * proposal.Approvers.Count(judges.Contains) > 2 * judges.Count && TryApply(proposal, ref erased))
            {
                proposal.State = ProposalState.Applied;
            }
        }

        foreach (ModelProposal proposal in Open.ToArray())
        {
            proposal.Approvers.IntersectWith(present.Intersect(Members));
            bool isLeft = proposal.Kind == ProposalKind.Reinstate && !Members.Contains(proposal.Key);
            proposal.State = isLeft ? ProposalState.Abandoned : ProposalState.Open;
        }
    }

    private bool TryApply(ModelProposal proposal, ref int erased)
    {
        switch (proposal.Kind)
        {
            case ProposalKind.EraseRecord when erased < CouncilLimits.MaxEpochErasures:
                erased++;
                Erased.Add(proposal.Key);
                return true;
            case ProposalKind.Add when !Members.Contains(proposal.Key):
                Members.Add(proposal.Key);
                return true;
            case ProposalKind.Remove when Members.Contains(proposal.Key) && Active.Any(one => one != proposal.Key):
                Suspended.Remove(proposal.Key);
                return Members.Remove(proposal.Key);
            case ProposalKind.Reinstate:
                return Suspended.Remove(proposal.Key);
            case ProposalKind.SetParameter:
                UInt256 before = Parameters[(int)proposal.Parameter];
                Parameters[(int)proposal.Parameter] = proposal.Value;
                bool isSound = Parameters[2] <= Parameters[1];
                Parameters[(int)proposal.Parameter] = isSound ? proposal.Value : before;
                return isSound;
            default:
                return false;
        }
    }

    private string? RefusalOf(ModelProposal wanted) => wanted.Kind switch
    {
        ProposalKind.EraseRecord => Erased.Contains(wanted.Key) ? "AlreadyErased" : null,
        ProposalKind.Add => Members.Contains(wanted.Key) ? "MemberExists" : null,
        ProposalKind.SetParameter => Ranges[(int)wanted.Parameter] is var (least, most)
            && (wanted.Value < least || wanted.Value > most) ? "ValueOutOfRange" : null,
        _ when !Members.Contains(wanted.Key) => "UnknownMember",
        ProposalKind.Reinstate when !Suspended.Contains(wanted.Key) => "MemberNotSuspended",
        _ => null,
    };

    private string? CallerRefusal(int actor) =>
        !Members.Contains(actor) ? "NotMember" : Suspended.Contains(actor) ? "MemberSuspended" : null;

    private string OnOpen(int actor, ulong id, Func<ModelProposal, string> act)
    {
        if (CallerRefusal(actor) is { } refusal)
        {
            return refusal;
        }

        ModelProposal? proposal = Proposals.Find(one => one.Id == id);
        return proposal is null ? "UnknownProposal"
            : proposal.State != ProposalState.Open ? "ProposalClosed"
            : Height > proposal.ExpiresAt ? "ProposalExpired"
            : act(proposal);
    }
}
