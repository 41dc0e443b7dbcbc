using EnergyChain.Contracts.Tests.Chain;
using EnergyChain.Contracts.Views;
using EnergyChain.Core.Numerics;

namespace EnergyChain.Contracts.Tests.Governance;

/// <summary>The compiled Council contract and the model, fed the same steps and compared after each.</summary>
internal sealed class CouncilTwins
{
    /// <summary>Keys that act or are acted on.</summary>
    public const int Keys = 8;

    private readonly CouncilChain _chain;
    private readonly CouncilModel _model;

    public CouncilTwins(int members)
    {
        _chain = new CouncilChain(members);
        _model = new CouncilModel(members, CouncilContract.ValuesOf(CouncilChain.Defaults));
    }

    /// <summary>Refusals and outcomes that came up, to prove that the steps reach them.</summary>
    public SortedSet<string> Seen { get; } = new(StringComparer.Ordinal);

    private ulong Height
    {
        get => _model.Height;
        set
        {
            _model.Height = value;
            _chain.Height = value;
        }
    }

    public void Run(CouncilStep step)
    {
        switch (step.Kind)
        {
            case CouncilStepKind.Wait:
                Height += (ulong)(step.Detail % 8);
                break;
            case CouncilStepKind.Epoch:
                ulong length = (ulong)_model.Parameters[(int)CouncilParameter.EpochBlocks];
                Height = ((Height / length) + 1) * length;
                OnBlock();
                break;
            case CouncilStepKind.Evidence:
                OnBlock(step.Detail % 3 == 0 ? [step.Subject, step.Actor, step.Subject] : [step.Subject]);
                break;
            case CouncilStepKind.Approve:
                Compare(
                    _chain.By(step.Actor, CouncilContract.Approve(IdOf(step))),
                    _model.Approve(step.Actor, IdOf(step)));
                break;
            case CouncilStepKind.Withdraw:
                Compare(
                    _chain.By(step.Actor, CouncilContract.Withdraw(IdOf(step))),
                    _model.Withdraw(step.Actor, IdOf(step)));
                break;
            default:
                Propose(step);
                break;
        }

        CompareState();
    }

    private ulong IdOf(CouncilStep step) =>
        (ulong)Math.Max(0, _model.Proposals.Count + 1 - (step.Amount % 7));

    private void OnBlock(params int[] offenders)
    {
        CouncilResult result = _chain.OnBlock(offenders).Succeeds();
        _model.OnBlock(offenders);
        Assert.That(result.Members, Is.EqualTo(_model.Active.Select(CouncilChain.Key)));
        Assert.That(result.Parameters, Is.EqualTo(_model.Parameters));
        Seen.UnionWith(result.Events.Select(happening => happening.GetType().Name));
    }

    private void Propose(CouncilStep step)
    {
        ulong blocks = step.Detail switch { 0 => 1, 1 => 2_000_000, 2 => 11, 3 => 25, _ => 60 };
        CouncilParameter parameter = (CouncilParameter)(step.Subject % 5);
        UInt256 value = ValueOf(parameter, step.Amount);
        bool isParameter = step.Kind == CouncilStepKind.ProposeParameter;
        ErasureGround ground = (ErasureGround)(1 + (step.Amount % 4));
        byte[] call = step.Kind switch
        {
            CouncilStepKind.ProposeAdd => CouncilContract.ProposeAdd(CouncilChain.Key(step.Subject), blocks),
            CouncilStepKind.ProposeRemove => CouncilContract.ProposeRemove(CouncilChain.Key(step.Subject), blocks),
            CouncilStepKind.ProposeReinstate =>
                CouncilContract.ProposeReinstate(CouncilChain.Key(step.Subject), blocks),
            CouncilStepKind.ProposeErase =>
                CouncilContract.ProposeErase(CouncilChain.Record(step.Subject), ground, blocks),
            _ => CouncilContract.ProposeParameter(parameter, value, blocks),
        };
        ModelProposal wanted = new()
        {
            Id = (ulong)_model.Proposals.Count + 1,
            Kind = step.Kind - CouncilStepKind.ProposeAdd + ProposalKind.Add,
            Key = isParameter ? 0 : step.Subject,
            Parameter = isParameter ? parameter : default,
            Value = isParameter ? value : UInt256.Zero,
            Proposer = step.Actor,
            ExpiresAt = Height + blocks,
        };
        CouncilResult result = _chain.By(step.Actor, call);
        Compare(result, _model.Propose(wanted, blocks));
        if (result.IsSuccess)
        {
            Assert.That(result.Id, Is.EqualTo(wanted.Id));
        }
    }

    private static UInt256 ValueOf(CouncilParameter parameter, int amount) => parameter switch
    {
        CouncilParameter.EpochBlocks => (ulong)(amount % 13),
        CouncilParameter.BlockIntervalMs => (ulong)(amount * 50),
        CouncilParameter.GasPrice => (ulong)amount,
        _ => (ulong)(amount * 20_000_000L),
    };

    private void Compare(CouncilResult result, string expected)
    {
        Assert.That(result.Error, Is.EqualTo(expected), result.Reason);
        Seen.Add(expected);
    }

    private void CompareState()
    {
        IReadOnlyList<CouncilSeat> seats = _chain.Ask(CouncilContract.Members());
        Assert.That(seats.Select(seat => seat.Key), Is.EqualTo(_model.Members.Select(CouncilChain.Key)));
        Assert.That(
            seats.Select(seat => seat.Status == MemberStatus.Suspended),
            Is.EqualTo(_model.Members.Select(_model.Suspended.Contains)));
        IReadOnlyList<CouncilProposal> open = _chain.Ask(CouncilContract.OpenProposals(0, CouncilLimits.MaxPage));
        Assert.That(open.Select(proposal => proposal.Id), Is.EqualTo(_model.Open.Select(proposal => proposal.Id)));
        foreach ((CouncilProposal proposal, ModelProposal twin) in open.Zip(_model.Open))
        {
            Assert.That(proposal.Kind, Is.EqualTo(twin.Kind));
            Assert.That(proposal.Value, Is.EqualTo(twin.Value));
            Assert.That(proposal.ExpiresAt.Value, Is.EqualTo(twin.ExpiresAt));
            Assert.That(proposal.Approvals, Is.EqualTo(twin.Approvers.Count(_model.Active.Contains)));
            Assert.That(proposal.Needed, Is.EqualTo((_model.Active.Count() * 2 / 3) + 1));
        }

        Assert.That(
            _chain.Ask(CouncilContract.Erasures(0, ulong.MaxValue)).Select(erasure => erasure.TransactionId),
            Is.EqualTo(_model.Erased.Select(CouncilChain.Record)));
        foreach (ModelProposal twin in _model.Proposals.TakeLast(3))
        {
            Assert.That(_chain.Ask(CouncilContract.ProposalOf(twin.Id)).State, Is.EqualTo(twin.State));
        }
    }
}
