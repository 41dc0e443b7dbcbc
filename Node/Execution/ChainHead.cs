using EnergyChain.Consensus.Validators;
using EnergyChain.Core.Chain;
using EnergyChain.Core.Primitives;

namespace EnergyChain.Node.Execution;

/// <summary>The last final block and what executing it gave: all that the next header refers to. Immutable.</summary>
/// <param name="Height">Its height; 0 before block 1.</param>
/// <param name="Hash">Its hash; the genesis hash at height 0.</param>
/// <param name="Time">Its time; the genesis time at height 0.</param>
/// <param name="StateRoot">Root of the world state after executing it.</param>
/// <param name="ReceiptsRoot">Merkle root of its receipts' hashes.</param>
/// <param name="GasUsed">Gas that its transactions used.</param>
/// <param name="Terms">
/// The terms up to that of the height after the next one, which executing the block decided.
/// </param>
/// <param name="Certificate">The certificate that made it final; null at height 0.</param>
/// <param name="Signers">Who signed the certificates inside it and the blocks before.</param>
public sealed record ChainHead(
    Height Height,
    Hash32 Hash,
    BlockTime Time,
    Hash32 StateRoot,
    Hash32 ReceiptsRoot,
    Gas GasUsed,
    TermHistory Terms,
    CommitCertificate? Certificate,
    RecentSigners Signers)
{
    /// <summary>Where a chain begins.</summary>
    /// <param name="genesis">Its genesis.</param>
    /// <param name="stateRoot">Root of the state that the genesis gives.</param>
    public static ChainHead OfGenesis(Genesis genesis, Hash32 stateRoot) => new(
        Height.Genesis,
        genesis.Hash,
        genesis.Time,
        stateRoot,
        Hash32.Zero,
        default,
        new TermHistory(genesis.Term),
        null,
        RecentSigners.None);

    /// <summary>The term of the next height.</summary>
    public Term Term => Terms.At(Height.Next);

    /// <summary>The term of the height after it, whose hash the next header carries as well.</summary>
    public Term NextTerm => Terms.Last;

    /// <summary>What the next block has to carry of it: nothing where it is the same as <see cref="Term"/>.</summary>
    public Term? ChangedTerm => NextTerm.Hash == Term.Hash ? null : NextTerm;

    /// <summary>The council that decides the next height.</summary>
    public Council Council => Term.Council;

    /// <summary>The parameters in force for the next block.</summary>
    public ChainParameters Parameters => Term.Parameters;

    /// <summary>Who proposes in the next height.</summary>
    public ProposerSchedule Proposers => new(Height.Next, Council, Signers.Of(Term.Hash));

    /// <summary>The header of a block that follows it.</summary>
    /// <param name="chainId">The chain's.</param>
    /// <param name="time">The block's.</param>
    /// <param name="proposer">Who is the first to propose the block.</param>
    /// <param name="transactions">Ids of its transactions in order.</param>
    /// <param name="last">The certificate of this head that the block carries; null at height 1.</param>
    /// <param name="evidence">What it carries of it.</param>
    public BlockHeader NextHeader(
        ChainId chainId,
        BlockTime time,
        Address proposer,
        IEnumerable<Hash32> transactions,
        CommitCertificate? last,
        IReadOnlyList<Evidence> evidence) => new()
        {
            ChainId = chainId,
            Height = Height.Next,
            Time = time,
            ParentHash = Hash,
            TransactionsRoot = Block.TransactionsRootOf(transactions),
            ParentStateRoot = StateRoot,
            ParentReceiptsRoot = ReceiptsRoot,
            ParentGasUsed = GasUsed,
            TermHash = Term.Hash,
            NextTermHash = NextTerm.Hash,
            Proposer = proposer,
            LastCertificateHash = last?.Hash ?? Hash32.Zero,
            EvidenceRoot = Block.EvidenceRootOf(evidence),
        };
}
