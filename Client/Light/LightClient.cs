using EnergyChain.Client.Model;
using EnergyChain.Core.Chain;
using EnergyChain.Core.Crypto;
using EnergyChain.Core.Numerics;
using EnergyChain.Core.Primitives;
using EnergyChain.Core.Proofs;

namespace EnergyChain.Client.Light;

/// <summary>
/// Believes a genesis and no node. Every header is checked by the council of its height, every council by the one
/// before it, back to the genesis; every value by its path to the root in such a header. What was proven is remembered,
/// so that a node can neither go back behind it nor tell another story. Whatever is wrong is a
/// <see cref="ProofException"/>. Not thread-safe.
/// </summary>
public sealed class LightClient
{
    private readonly IProofClient _node;
    private readonly TrustedHeaders _headers;

    /// <param name="node">Whom to ask.</param>
    /// <param name="anchor">What is believed.</param>
    /// <param name="file">What was proven before.</param>
    /// <param name="options">What is accepted.</param>
    /// <param name="time">The clock that heads are compared with.</param>
    public LightClient(
        IProofClient node, TrustAnchor anchor, TrustFile file, LightClientOptions options, TimeProvider time)
    {
        _node = node;
        _headers = new TrustedHeaders(node, anchor, file, options, time);
    }

    /// <summary>What the user should know beside the answer, such as a damaged file.</summary>
    public IReadOnlyList<string> Notices => _headers.Notices;

    /// <summary>The header that the last answer rests on; null before the first, and where it rests on none.</summary>
    public ProvenHead? Proven { get; private set; }

    /// <summary>What is told next is the node's word, whatever was proven before it.</summary>
    public void RestOnNothing() => Proven = null;

    /// <summary>The newest head, proven.</summary>
    public async Task<CertifiedHeader> HeadAsync(CancellationToken cancellationToken)
    {
        CertifiedHeader header = await Form(_node.GetHeaderAsync(null, cancellationToken));
        Proven = await _headers.AcceptHeadAsync(header, cancellationToken);
        return header;
    }

    /// <summary>A header of any height, proven.</summary>
    public async Task<CertifiedHeader> HeaderAsync(Height height, CancellationToken cancellationToken)
    {
        await HeadAsync(cancellationToken);
        CertifiedHeader header = await Form(_node.GetHeaderAsync(height, cancellationToken));
        Require(header.Height == height, ProofFailure.OtherSubject, () =>
            $"The node sent the header of block {header.Height} where that of {height} was asked for.");
        Proven = await _headers.VerifyAsync(header, cancellationToken);
        return header;
    }

    /// <summary>The term of a height that was proven, or of a later one that is not decided yet.</summary>
    public async Task<Term> TermAsync(Height height, CancellationToken cancellationToken) =>
        (await _headers.StateAsync(cancellationToken)).Terms.Find(height)
        ?? throw new ProofException(
            ProofFailure.UnknownTerm, $"Block {height} lies too many changes of the council back to be proven.");

    /// <summary>When the chain began, by its genesis.</summary>
    public async Task<TrustedState> TrustedAsync(CancellationToken cancellationToken) =>
        await _headers.StateAsync(cancellationToken);

    /// <summary>An account and some of its slots as they were before the head's block.</summary>
    public async Task<StorageProof> AccountAsync(ProofQuery query, CancellationToken cancellationToken)
    {
        StateWitness witness = await Form(_node.GetProofAsync([query], cancellationToken));
        await VerifyAsync(witness, cancellationToken);
        StorageProof? found = witness.Accounts.FirstOrDefault(each => each.Account.Address == query.Address);
        Require(found is not null, ProofFailure.Omitted, () => $"The node's proof leaves {query.Address} out.");
        foreach (UInt256 slot in query.Slots)
        {
            Require(found!.Slots.Any(each => each.Slot == slot), ProofFailure.Omitted, () =>
                $"The node's proof leaves storage slot {slot} of {query.Address} out.");
        }

        return found!;
    }

    /// <summary>
    /// All that the node says a message looks at; whoever runs it again sees whether something is missing.
    /// </summary>
    public async Task<StateWitness> CallAsync(CallMessage message, CancellationToken cancellationToken)
    {
        StateWitness witness = await Form(_node.GetCallProofAsync(message, cancellationToken));
        await VerifyAsync(witness, cancellationToken);
        return witness;
    }

    /// <summary>A final transaction and what it did; the outcome is null while its block is the last.</summary>
    public async Task<TransactionProof> TransactionAsync(Hash32 id, CancellationToken cancellationToken)
    {
        await HeadAsync(cancellationToken);
        TransactionProof proof = await Form(_node.GetTransactionProofAsync(id, cancellationToken));
        Require(proof.Transaction.Id == id, ProofFailure.OtherSubject, () =>
            $"The node proved transaction {proof.Transaction.Id} where {id} was asked for.");
        Proven = await _headers.VerifyAsync(proof.Header, cancellationToken);
        Height height = proof.Header.Height;
        Require(proof.Path.Verify(proof.Header.Header.TransactionsRoot, id), ProofFailure.Path, () =>
            $"Transaction {id} does not stand under the transactions root of block {height}.");
        Require(
            proof.Transaction.Memo is not { } memo || Blake2b.Hash(memo.Span) == proof.Transaction.Body.MemoHash,
            ProofFailure.Path,
            () => $"The memo that the node sent is not that of transaction {id}.");
        if (proof.Outcome is { } outcome)
        {
            Proven = await _headers.VerifyAsync(outcome.Next, cancellationToken);
            Require(proof.PathsHold(), ProofFailure.Path, () =>
                $"The receipt that the node sent is not that of transaction {id} under the receipts root of block "
                + $"{height}, which block {height.Next} states.");
        }

        return proof;
    }

    private static void Require(bool holds, ProofFailure failure, Func<string> message)
    {
        if (!holds)
        {
            throw new ProofException(failure, message());
        }
    }

    // A node that sends bytes of another form has proven nothing.
    private static async Task<T> Form<T>(Task<T> answer)
    {
        try
        {
            return await answer;
        }
        catch (NodeClientException bad) when (bad.Error == NodeClientError.BadAnswer)
        {
            throw new ProofException(ProofFailure.Malformed, bad.Message);
        }
    }

    private async Task VerifyAsync(StateWitness witness, CancellationToken cancellationToken)
    {
        Proven = await _headers.AcceptHeadAsync(witness.Header, cancellationToken);
        Hash32 root = witness.Header.Header.ParentStateRoot;
        string under = $"the state root that block {witness.Header.Height} states";
        foreach (StorageProof proof in witness.Accounts)
        {
            Address address = proof.Account.Address;
            Require(proof.Account.Verify(root), ProofFailure.Path, () =>
                $"What the node says of account {address} does not stand under {under}.");
            foreach (SlotProof slot in proof.Slots)
            {
                Require(slot.Verify(root, address), ProofFailure.Path, () =>
                    $"What the node says of storage slot {slot.Slot} of {address} does not stand under {under}.");
            }
        }
    }
}
