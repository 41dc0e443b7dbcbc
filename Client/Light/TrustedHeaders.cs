using EnergyChain.Core;
using EnergyChain.Core.Chain;
using EnergyChain.Core.Codec;
using EnergyChain.Core.Crypto;
using EnergyChain.Core.Primitives;
using EnergyChain.Core.Proofs;

namespace EnergyChain.Client.Light;

/// <summary>
/// Which headers are to be believed: those certified by the council of their height, which the chain of changes from
/// the genesis proves, that contradict nothing proven before. Not thread-safe.
/// </summary>
internal sealed class TrustedHeaders(
    IProofClient node, TrustAnchor anchor, TrustFile file, LightClientOptions options, TimeProvider time)
{
    private readonly HashSet<Hash32> _certified = [];
    private readonly List<string> _notices = [];
    private TrustedState? _state;
    private bool _comparedWithKnown;

    public IReadOnlyList<string> Notices => _notices;

    /// <summary>What is proven so far; begins with the file, else with the genesis.</summary>
    public async Task<TrustedState> StateAsync(CancellationToken cancellationToken)
    {
        if (_state is not null)
        {
            return _state;
        }

        TrustedState? kept = file.Read(out string problem);
        Note(problem);
        Genesis? genesis = kept is null ? anchor.Genesis ?? await DownloadAsync(cancellationToken) : null;
        return _state = kept ?? TrustedState.From(genesis!);
    }

    /// <summary>Takes a header for the newest: certified, not behind what was proven before, and fresh.</summary>
    public async Task<ProvenHead> AcceptHeadAsync(CertifiedHeader header, CancellationToken cancellationToken)
    {
        ProvenHead proven = await VerifyAsync(header, cancellationToken);
        TrustedState state = await StateAsync(cancellationToken);
        if (state.Head is { } known)
        {
            RequireLater(header.Header, known.Header);
            await CompareWithKnownAsync(header, known, cancellationToken);
        }

        RequireFresh(header.Header);
        if (state.Head?.Header.Hash != header.Header.Hash)
        {
            _state = _state! with { Head = header };
            Note(file.Write(_state));
        }

        return proven;
    }

    /// <summary>Whether a header of any height is that of a final block of the chain.</summary>
    public async Task<ProvenHead> VerifyAsync(CertifiedHeader header, CancellationToken cancellationToken)
    {
        TrustedState state = await StateAsync(cancellationToken);
        if (header.Header.ChainId != state.ChainId)
        {
            throw new ProofException(
                ProofFailure.OtherChain,
                $"The node sent a header of chain {header.Header.ChainId}; the genesis is of chain {state.ChainId}.");
        }

        Term term = await TermOfAsync(header.Header, cancellationToken);
        RequireCertified(header, term.Council, state.ChainId);
        if (state.Head is { } known && known.Height == header.Height && known.Header.Hash != header.Header.Hash)
        {
            throw Equivocation(known, header, term.Council);
        }

        return new ProvenHead(
            header.Height,
            header.Header.Hash,
            header.Header.Time,
            header.Certificate.Signers.Count,
            term.Council.Count,
            state.GenesisHash);
    }

    private void RequireCertified(CertifiedHeader header, Council council, ChainId chainId)
    {
        CommitCertificate certificate = header.Certificate;

        // Of the certificate too, whose round and signatures are shown: the same header may come with another one.
        Hash32 both = Blake2b.Hash(Bcs.Encode(header));
        bool certified = _certified.Contains(both)
            || (certificate.Height == header.Height
                && certificate.BlockHash == header.Header.Hash
                && certificate.Verify(chainId, council));
        if (!certified)
        {
            throw new ProofException(
                ProofFailure.Certificate,
                $"The node's header of block {header.Height} ({header.Header.Hash}) is not signed by more than two "
                + $"thirds of the {council.Count} members of its council.");
        }

        _certified.Add(both);
    }

    private async Task<Term> TermOfAsync(BlockHeader header, CancellationToken cancellationToken)
    {
        TrustedState state = await StateAsync(cancellationToken);
        Term? term = state.Terms.Find(header.Height);
        if (term?.Hash != header.TermHash)
        {
            await FollowTermsAsync(cancellationToken);
            term = _state!.Terms.Find(header.Height);
        }

        return header.Height > Height.Genesis && term?.Hash == header.TermHash
            ? term
            : throw new ProofException(
                ProofFailure.UnknownTerm,
                $"The node's header of block {header.Height} names council and parameters {header.TermHash}, to which "
                + "no chain of signatures leads from the genesis: it is made up, or a change was kept back.");
    }

    private async Task FollowTermsAsync(CancellationToken cancellationToken)
    {
        TermChain chain = new(_state!.ChainId, _state.Terms);
        IReadOnlyList<TermLink> links;
        do
        {
            links = await LinksAsync(chain.From, cancellationToken);
            foreach (TermLink link in links)
            {
                TermVerdict verdict = chain.Extend(link);
                if (verdict != TermVerdict.Holds)
                {
                    throw new ProofException(
                        ProofFailure.TermLink,
                        $"The change of the council that the node says is in block {link.Header.Height} is not proven "
                        + $"by the council before it ({verdict}).");
                }
            }
        }
        while (links.Count >= Limits.MaxTermLinks);

        _state = _state with { Terms = chain.History };
    }

    private async Task<IReadOnlyList<TermLink>> LinksAsync(Height from, CancellationToken cancellationToken)
    {
        try
        {
            return await node.GetTermLinksAsync(from, cancellationToken);
        }
        catch (NodeClientException bad) when (bad.Error == NodeClientError.BadAnswer)
        {
            throw new ProofException(ProofFailure.Malformed, bad.Message);
        }
    }

    private static void RequireLater(BlockHeader header, BlockHeader known)
    {
        if (header.Height < known.Height)
        {
            throw new ProofException(
                ProofFailure.OldHead,
                $"The node's newest block is {header.Height}, and block {known.Height} was proven before: it lags "
                + "behind, or keeps newer blocks back.");
        }

        if (header.Height > known.Height && header.Time <= known.Time)
        {
            throw new ProofException(
                ProofFailure.Conflict,
                $"Block {header.Height} ({header.Hash}, {At(header.Time)}) is not later than block {known.Height} "
                + $"({known.Hash}, {At(known.Time)}), which was proven before: they cannot be of one chain.");
        }
    }

    // A fork that goes on from before what is known shows at that height. Asked for once: a node that does not hold it
    // any more proves nothing by that.
    private async Task CompareWithKnownAsync(
        CertifiedHeader header, CertifiedHeader known, CancellationToken cancellationToken)
    {
        if (_comparedWithKnown || header.Height == known.Height)
        {
            return;
        }

        _comparedWithKnown = true;
        try
        {
            CertifiedHeader there = await node.GetHeaderAsync(known.Height, cancellationToken);
            if (there.Header.Hash != known.Header.Hash)
            {
                // Certified as well it is a fork, and this says so; else it is a lie.
                await VerifyAsync(there, cancellationToken);
                throw new ProofException(
                    ProofFailure.OtherSubject,
                    $"The node sent the header of block {there.Height} where that of {known.Height} was asked for.");
            }
        }
        catch (NodeClientException gone) when (gone.Error == NodeClientError.NotFound)
        {
        }
        catch (NodeClientException bad) when (bad.Error == NodeClientError.BadAnswer)
        {
            throw new ProofException(ProofFailure.Malformed, bad.Message);
        }
    }

    private void RequireFresh(BlockHeader header)
    {
        DateTimeOffset now = time.GetUtcNow();
        long ageMs = checked(now.ToUnixTimeMilliseconds() - (long)Math.Min(header.Time.UnixMs, long.MaxValue / 2));
        if (Math.Abs(ageMs) > options.MaxAge.TotalMilliseconds)
        {
            throw new ProofException(
                ProofFailure.Stale,
                $"The newest block that the node proves, {header.Height}, is from {At(header.Time)}, "
                + (ageMs > 0 ? $"{ageMs / 1_000} s ago" : $"{-ageMs / 1_000} s ahead of this machine's clock")
                + $"; {options.MaxAge.TotalSeconds:0} s are accepted. The chain stands still, the node keeps newer "
                + "blocks back, or a clock is wrong.");
        }
    }

    private static ProofException Equivocation(CertifiedHeader known, CertifiedHeader other, Council council)
    {
        int[] both = [.. known.Certificate.Signers.Intersect(other.Certificate.Signers)];
        return new ProofException(
            ProofFailure.Conflict,
            $"Two final blocks at height {known.Height}: {known.Header.Hash} ({At(known.Header.Time)}), proven before, "
            + $"and {other.Header.Hash} ({At(other.Header.Time)}), from this node. Both are certified; "
            + $"{both.Length} of {council.Count} council members signed both: "
            + string.Join(", ", both.Select(index => council[index].Address))
            + ". Believe neither, and show this to the operators of the council.");
    }

    private static string At(BlockTime at) =>
        at.UnixMs <= (ulong)DateTimeOffset.MaxValue.ToUnixTimeMilliseconds()
            ? DateTimeOffset.FromUnixTimeMilliseconds((long)at.UnixMs)
                .ToString("yyyy-MM-dd HH:mm:ss'Z'", System.Globalization.CultureInfo.InvariantCulture)
            : $"{at.UnixMs} ms";

    private async Task<Genesis> DownloadAsync(CancellationToken cancellationToken)
    {
        List<byte> bytes = [];
        ulong total;
        do
        {
            Model.GenesisPart part = await node.GetGenesisPartAsync((ulong)bytes.Count, cancellationToken);
            total = part.TotalBytes;
            if (total > (ulong)Limits.MaxGenesisBytes || part.Bytes.IsEmpty)
            {
                throw NotTheGenesis();
            }

            bytes.AddRange(part.Bytes.Span);
        }
        while ((ulong)bytes.Count < total);

        bool read = Bcs.TryDecode(bytes.ToArray(), out Genesis? genesis, out _);
        return read && genesis!.Hash == anchor.GenesisHash ? genesis : throw NotTheGenesis();
    }

    private ProofException NotTheGenesis() => new(
        ProofFailure.Genesis, $"The genesis that the node sent is not the one of hash {anchor.GenesisHash}.");

    private void Note(string notice)
    {
        if (notice.Length > 0)
        {
            _notices.Add(notice);
        }
    }
}
