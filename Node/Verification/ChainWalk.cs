using EnergyChain.Core.Chain;
using EnergyChain.Core.Primitives;

namespace EnergyChain.Node.Verification;

/// <summary>
/// Goes through checked blocks in order: links, terms, certificates, evidence. What needs the world state is
/// <see cref="BlockReplay"/>'s. For one thread.
/// </summary>
internal sealed class ChainWalk
{
    private readonly Genesis _genesis;
    private readonly KnownTerms _known;
    private CommittedBlock? _parent;

    /// <param name="genesis">The chain.</param>
    /// <param name="first">The first block that will come.</param>
    /// <param name="terms">The terms up to its own, proven.</param>
    /// <param name="known">Gets every term that comes.</param>
    /// <param name="parent">The block before the first, trusted; null where there is none.</param>
    public ChainWalk(
        Genesis genesis, Height first, TermHistory terms, KnownTerms known, CommittedBlock? parent = null)
    {
        _parent = parent;
        _genesis = genesis;
        _known = known;
        Next = first;
        Terms = terms;
        foreach (TermStart start in terms.Starts)
        {
            known.Add(start.Term);
        }
    }

    /// <summary>The height that comes next.</summary>
    public Height Next { get; private set; }

    /// <summary>The terms up to that of <see cref="Next"/>.</summary>
    public TermHistory Terms { get; private set; }

    /// <summary>
    /// What is wrong with the next block; null for nothing: then the one after it is next.
    /// </summary>
    public ChainFault? Step(CheckedBlock given)
    {
        if (given.Block is not { } committed)
        {
            return given.Fault;
        }

        Block block = committed.Block;
        ChainFault? fault = Link(block.Header) ?? Term(block.Header) ?? Certificate(given, committed)
            ?? given.Fault ?? LastCertificate(block) ?? Evidence(block);
        if (fault is not null)
        {
            return fault;
        }

        if (block.NextTerm is { } next)
        {
            Terms = Terms.Add(block.Height.Next, next);
            _known.Add(next);
        }

        _parent = committed;
        Next = Next.Next;
        return null;
    }

    private ChainFault? Link(BlockHeader header)
    {
        if (header.Height != Next)
        {
            return Fault(FaultKind.Height, $"the block says that it is of height {header.Height}");
        }

        if (header.ChainId != _genesis.ChainId)
        {
            return Fault(FaultKind.ChainId, $"it is of chain {header.ChainId}; this is chain {_genesis.ChainId}");
        }

        bool isFirst = Next == Height.Genesis.Next;
        Hash32? hash = isFirst ? _genesis.Hash : _parent?.Block.Hash;
        if (hash is { } expected && header.ParentHash != expected)
        {
            return Fault(
                FaultKind.Parent,
                $"it follows block {header.ParentHash}; {(isFirst ? "the genesis" : $"block {Next.Previous}")} is "
                + expected);
        }

        BlockTime? before = isFirst ? _genesis.Time : _parent?.Block.Header.Time;
        return before is { } time && header.Time <= time
            ? Fault(FaultKind.Time, $"its time {header.Time} is not after its parent's {time}")
            : null;
    }

    private ChainFault? Term(BlockHeader header)
    {
        Term term = Terms.At(Next);
        return header.TermHash == term.Hash
            ? null
            : Fault(FaultKind.Term, $"it names term {header.TermHash}; in force is {term.Hash}");
    }

    private ChainFault? Certificate(CheckedBlock given, CommittedBlock committed)
    {
        Term term = Terms.At(Next);
        return given.CertifiedBy == term.Hash
            ? given.CertificateFault
            : BlockCheck.Certificate(committed, _genesis.ChainId, term);
    }

    // Of the first block that is seen, the term of the one before may not be known: where it began with it.
    private ChainFault? LastCertificate(Block block) => Terms.Find(block.Height.Previous) is { } term
        ? BlockCheck.LastCertificate(block, _parent?.Certificate, _genesis.ChainId, term)
        : null;

    private ChainFault? Evidence(Block block)
    {
        foreach (Evidence piece in block.Evidence)
        {
            bool isSound = piece.Height < block.Height
                && (Terms.Find(piece.Height) is not { } term || piece.Verify(_genesis.ChainId, term.Council));
            if (!isSound)
            {
                return Fault(
                    FaultKind.Evidence,
                    $"its evidence against member {piece.Offender} of height {piece.Height} does not hold");
            }
        }

        return null;
    }

    private ChainFault Fault(FaultKind kind, string reason) => new(Next, kind, reason);
}
