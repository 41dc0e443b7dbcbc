using EnergyChain.Client;
using EnergyChain.Client.Model;
using EnergyChain.Contracts;
using EnergyChain.Contracts.Abi;
using EnergyChain.Contracts.Views;
using EnergyChain.Core.Crypto;
using EnergyChain.Core.Numerics;
using EnergyChain.Core.Primitives;
using EnergyChain.Wallet.Cli.Output;
using EnergyChain.Wallet.Cli.Tracing;

namespace EnergyChain.Wallet.Cli.Governance;

/// <summary>Shows the council: members, proposals, parameters.</summary>
internal sealed class CouncilViews(WalletContext context)
{
    private readonly CouncilReader _council = new(context.Node);
    private readonly AccountNames _names = AccountNames.Of(context, new AbiBook());

    public async Task<Report> MembersAsync(CancellationToken cancellationToken)
    {
        IReadOnlyList<CouncilSeat> members = await _council.GetMembersAsync(cancellationToken);
        int active = members.Count(member => member.Status == MemberStatus.Active);
        int needed = (active * 2 / 3) + 1;
        int index = 0;
        (int? Index, CouncilSeat Member)[] placed =
        [
            .. members.Select(member => (member.Status == MemberStatus.Active ? index++ : (int?)null, member)),
        ];
        return new Report(
            new
            {
                Active = active,
                Needed = needed,
                Members = placed.Select(row => new
                {
                    row.Index,
                    row.Member.Key,
                    row.Member.Account,
                    Name = _names.Find(row.Member.Account),
                    row.Member.Status,
                    row.Member.JoinedAt,
                    SuspendedAt = row.Member.Status == MemberStatus.Suspended
                        ? row.Member.SuspendedAt.Value
                        : (ulong?)null,
                }),
            },
            View.Table(
                [">index", "key", "account", "name", "status"],
                [.. placed.Select(row => new[]
                {
                    row.Index is { } place ? View.Number((ulong)place) : "-",
                    row.Member.Key.ToString(),
                    row.Member.Account.ToString(),
                    _names.Find(row.Member.Account) ?? "",
                    row.Member.Status == MemberStatus.Active
                        ? row.Member.JoinedAt.Value == 0 ? "active" : $"active since {row.Member.JoinedAt}"
                        : $"suspended at {row.Member.SuspendedAt}",
                })],
                "The council has no members."),
            View.Sentence($"{active} active members; {needed} of them decide."));
    }

    public async Task<Report> ProposalsAsync(CancellationToken cancellationToken)
    {
        CouncilSchedule schedule = await ScheduleAsync(cancellationToken);
        IReadOnlyList<CouncilProposal> proposals = await _council.GetProposalsAsync(cancellationToken);
        return new Report(
            new
            {
                Height = schedule.Head,
                NextEpoch = schedule.EpochAfter(schedule.Head),
                Proposals = proposals.Select(proposal => JsonOf(proposal, schedule)),
            },
            View.Table(
                [">id", "proposal", "by", ">approvals", ">until", "outlook"],
                [.. proposals.Select(proposal => new[]
                {
                    View.Number(proposal.Id), CouncilWords.What(proposal), _names.Of(proposal.Proposer),
                    $"{proposal.Approvals} of {proposal.Needed}", proposal.ExpiresAt.ToString(),
                    CouncilWords.Outlook(proposal, schedule),
                })],
                "There are no open proposals."));
    }

    public async Task<Report> ShowAsync(ulong id, CancellationToken cancellationToken)
    {
        CouncilProposal proposal = await _council.FindProposalAsync(id, cancellationToken)
            ?? throw new WalletException(ExitCode.Refused, CouncilRefusals.Unknown(id));
        CouncilSchedule schedule = await ScheduleAsync(cancellationToken);
        IReadOnlyList<PublicKey> approvers = await _council.GetApproversAsync(id, cancellationToken);
        IReadOnlyList<CouncilSeat> members = await _council.GetMembersAsync(cancellationToken);
        bool isOpen = proposal.State == ProposalState.Open;
        List<(string, string)> pairs =
        [
            ("proposal", View.Number(proposal.Id)),
            ("asks to", CouncilWords.What(proposal)),
        ];
        if (proposal.Kind == ProposalKind.SetParameter)
        {
            IReadOnlyList<UInt256> values = await _council.GetParametersAsync(cancellationToken);
            pairs.Add(("new value", CouncilWords.Value(proposal.Parameter, proposal.Value)));
            pairs.Add(("value now", CouncilWords.Value(proposal.Parameter, values[(int)proposal.Parameter])));
        }
        else if (proposal.Kind != ProposalKind.EraseRecord)
        {
            pairs.Add(("account", _names.Of(proposal.Key.ToAddress())));
        }

        pairs.AddRange(
        [
            ("proposed", $"at height {proposal.ProposedAt} by {_names.Of(proposal.Proposer)}"),
            ("open until", $"height {proposal.ExpiresAt}"),
            ("approvals", isOpen ? $"{proposal.Approvals} of {proposal.Needed} needed" : $"{proposal.Approvals}"),
            ("outlook", CouncilWords.Outlook(proposal, schedule)),
        ]);
        return new Report(
            new
            {
                Proposal = JsonOf(proposal, schedule),
                Approvers = approvers,
                Missing = isOpen
                    ? members.Where(member => IsMissing(member, approvers)).Select(member => member.Key)
                    : [],
            },
            View.Pairs([.. pairs]),
            View.Table(
                ["member", "account", "name", "approves"],
                [.. (isOpen ? members : []).Select(member => new[]
                {
                    member.Key.ToString(), member.Account.ToString(), _names.Find(member.Account) ?? "",
                    (approvers.Contains(member.Key) ? "yes" : "no")
                        + (member.Status == MemberStatus.Suspended ? ", suspended: does not count" : ""),
                })],
                "It is closed."));
    }

    public async Task<Report> ErasuresAsync(CancellationToken cancellationToken)
    {
        IReadOnlyList<RecordErasure> erasures = await _council.GetErasuresAsync(cancellationToken);
        return new Report(
            new { Erasures = erasures },
            View.Table(
                [">decision", "transaction", ">height", "ground"],
                [.. erasures.Select(erasure => new[]
                {
                    View.Number(erasure.Decision), erasure.TransactionId.ToString(), erasure.Height.ToString(),
                    CouncilWords.NameOf(erasure.Ground),
                })],
                "No record was erased."));
    }

    public async Task<Report> ParametersAsync(CancellationToken cancellationToken)
    {
        IReadOnlyList<UInt256> values = await _council.GetParametersAsync(cancellationToken);
        List<(CouncilParameter Parameter, string Name, UInt256 Value, UInt256 Least, UInt256 Most)> rows = [];
        foreach ((CouncilParameter parameter, string name) in CouncilWords.ParameterNames)
        {
            (UInt256 least, UInt256 most) = await _council.GetRangeAsync(parameter, cancellationToken);
            rows.Add((parameter, name, values[(int)parameter], least, most));
        }

        return new Report(
            new
            {
                Parameters = rows.Select(row => new
                {
                    row.Parameter,
                    Value = row.Value.ToString(),
                    Least = row.Least.ToString(),
                    Most = row.Most.ToString(),
                }),
            },
            View.Table(
                ["parameter", "value", ">least", ">most"],
                [.. rows.Select(row => new[]
                {
                    row.Name, CouncilWords.Value(row.Parameter, row.Value), row.Least.ToString(), row.Most.ToString(),
                })],
                ""));
    }

    /// <summary>The head and the parameters by which epochs are counted.</summary>
    public async Task<CouncilSchedule> ScheduleAsync(CancellationToken cancellationToken)
    {
        IReadOnlyList<UInt256> values = await _council.GetParametersAsync(cancellationToken);
        NodeStatusInfo status = await context.Node.GetStatusAsync(cancellationToken);
        return new CouncilSchedule(
            status.Height,
            status.HeadTime,
            (ulong)values[(int)CouncilParameter.BlockIntervalMs],
            (ulong)values[(int)CouncilParameter.EpochBlocks]);
    }

    private static bool IsMissing(CouncilSeat member, IReadOnlyList<PublicKey> approvers) =>
        member.Status == MemberStatus.Active && !approvers.Contains(member.Key);

    private static object JsonOf(CouncilProposal proposal, CouncilSchedule schedule)
    {
        bool isOpen = proposal.State == ProposalState.Open;
        bool isParameter = proposal.Kind == ProposalKind.SetParameter;
        bool isErasure = proposal.Kind == ProposalKind.EraseRecord;
        bool isOfMember = !isParameter && !isErasure;
        Height epoch = schedule.EpochAfter(schedule.Head);
        bool canApply = isOpen && epoch.Value <= proposal.ExpiresAt.Value;
        return new
        {
            proposal.Id,
            proposal.Kind,
            proposal.State,
            Key = isOfMember ? proposal.Key : (PublicKey?)null,
            Account = isOfMember ? proposal.Key.ToAddress() : (Address?)null,
            TransactionId = isErasure ? proposal.Record : (Hash32?)null,
            Ground = isErasure ? proposal.Ground : (ErasureGround?)null,
            Parameter = isParameter ? proposal.Parameter : (CouncilParameter?)null,
            Value = isParameter ? proposal.Value.ToString() : null,
            proposal.Proposer,
            proposal.ProposedAt,
            proposal.ExpiresAt,
            ClosedAt = isOpen ? (Height?)null : proposal.ClosedAt,
            proposal.Approvals,
            Needed = isOpen ? proposal.Needed : (int?)null,
            Missing = isOpen ? Math.Max(0, proposal.Needed - proposal.Approvals) : (int?)null,
            Obstacle = proposal.Obstacle == ProposalObstacle.None ? (ProposalObstacle?)null : proposal.Obstacle,
            AppliesAt = canApply ? epoch : (Height?)null,
            InForceFrom = canApply ? isErasure ? epoch : CouncilSchedule.InForceFrom(epoch) : (Height?)null,
            AppliesAtTime = canApply ? schedule.TimeOf(epoch) : (BlockTime?)null,
        };
    }
}
