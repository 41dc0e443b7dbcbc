using EnergyChain.Consensus.Inputs;
using EnergyChain.Consensus.Rules;
using EnergyChain.Consensus.Safety;
using EnergyChain.Consensus.State;
using EnergyChain.Consensus.Validators;
using EnergyChain.Core.Chain;
using EnergyChain.Core.Crypto;
using EnergyChain.Core.Primitives;

namespace EnergyChain.Consensus.Tests;

/// <summary>A council with known keys, and everything that its members can sign.</summary>
internal sealed class TestCouncil
{
    public static readonly ChainId ChainId = new(7);

    private static readonly SigningKey[] AllKeys = [.. Enumerable.Range(0, 10).Select(KeyOf)];

    public TestCouncil(int size)
    {
        Keys = AllKeys[..size];
        Council = new Council(Keys.Select(key => new CouncilMember(key.PublicKey)));
    }

    public SigningKey[] Keys { get; }

    public Council Council { get; }

    public ProposerSchedule ProposersOf(ulong height) => new(new Height(height), Council, []);

    public TendermintMachine Machine(int own) => new(new SafetyGuard(Keys[own], ChainId), new TimeoutDurations());

    /// <summary>A value whose hash depends on height, proposer and salt.</summary>
    public ProposedValue Value(ulong height, int proposer, ulong salt) => new(
        new BlockHeader
        {
            ChainId = ChainId,
            Height = new Height(height),
            Time = new BlockTime(1_000_000 + salt),
            ParentHash = Hash32.Zero,
            TransactionsRoot = Block.TransactionsRootOf([]),
            ParentStateRoot = Hash32.Zero,
            ParentReceiptsRoot = Hash32.Zero,
            ParentGasUsed = default,
            TermHash = Council.Hash,
            NextTermHash = Council.Hash,
            Proposer = Keys[proposer].Address,
            LastCertificateHash = Hash32.Zero,
            EvidenceRoot = Block.EvidenceRootOf([]),
        },
        null,
        [],
        []);

    public Proposal Proposal(ProposedValue value, uint round, uint? validRound = null)
    {
        Height height = value.Header.Height;
        Round? valid = validRound is { } given ? new Round(given) : null;
        int proposer = ProposersOf(height.Value).ProposerOf(new Round(round));
        byte[] bytes = Core.Chain.Proposal.SignedBytes(height, new Round(round), valid, value.Header.Hash);
        Signature signature = Keys[proposer].Sign(SigningDomain.Proposal, ChainId, bytes);
        return value.ToProposal(new Round(round), valid, signature);
    }

    public Vote Vote(VoteType type, ulong height, uint round, Hash32? block, int validator)
    {
        byte[] bytes = Core.Chain.Vote.SignedBytes(type, new Height(height), new Round(round), block);
        Signature signature = Keys[validator].Sign(SigningDomain.Vote, ChainId, bytes);
        return new Vote(type, new Height(height), new Round(round), block, validator, signature);
    }

    private static SigningKey KeyOf(int index)
    {
        byte[] seed = new byte[SigningKey.SeedSize];
        seed[0] = (byte)(index + 1);
        return SigningKey.FromSeed(seed);
    }
}
