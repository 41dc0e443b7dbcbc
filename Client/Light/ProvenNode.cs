using EnergyChain.Client.Model;
using EnergyChain.Contracts.Views;
using EnergyChain.Core;
using EnergyChain.Core.Chain;
using EnergyChain.Core.Crypto;
using EnergyChain.Core.Primitives;
using EnergyChain.Core.Proofs;

namespace EnergyChain.Client.Light;

/// <summary>
/// A node that is believed in nothing: every answer is proven, or refused with <see cref="UnprovableException"/> where
/// no header commits to it. A call runs here, on proven state. The state that can be proven is the one before the
/// head's block. What the next nonce is beyond the proven one, and whether a transaction waits, is as told: a lie
/// there keeps a transaction from being sent and nothing more. Not thread-safe.
/// </summary>
public sealed partial class ProvenNode(INodeClient node, LightClient light, ICallRunner runner)
    : INodeClient, IDisposable
{
    // What a node allows a call at most; both have to run it alike.
    private const ulong MaxCallGas = 50_000_000;

    private readonly Dictionary<Hash32, ReadOnlyMemory<byte>> _code = new() { [NoCode] = ReadOnlyMemory<byte>.Empty };

    /// <summary>Where the proofs come from.</summary>
    public LightClient Light { get; } = light;

    private static Hash32 NoCode { get; } = Keccak256.Hash([]);

    public async Task<NodeStatusInfo> GetStatusAsync(CancellationToken cancellationToken)
    {
        NodeStatusInfo told = await node.GetStatusAsync(cancellationToken);
        CertifiedHeader head = await Light.HeadAsync(cancellationToken);
        return told with
        {
            ChainId = head.Header.ChainId,
            GenesisHash = Light.Proven!.GenesisHash,
            Height = head.Height,
            HeadHash = head.Header.Hash,
            HeadTime = head.Header.Time,
            CouncilSize = (uint)Light.Proven.CouncilSize,
        };
    }

    public async Task<ChainInfo> GetChainAsync(CancellationToken cancellationToken)
    {
        CertifiedHeader head = await Light.HeadAsync(cancellationToken);
        Term term = await Light.TermAsync(head.Height, cancellationToken);
        return new ChainInfo(
            head.Header.ChainId,
            Light.Proven!.GenesisHash,
            TimeSpan.FromMilliseconds(term.Parameters.BlockIntervalMs),
            term.Parameters.TransactionGasLimit,
            term.Parameters.GasPrice,
            Limits.MaxValidityBlocks,
            [.. term.Council.Members.Select(static member => member.Address)]);
    }

    public Task<SubmitResult> SubmitAsync(Transaction transaction, CancellationToken cancellationToken)
    {
        // That it was taken in is a promise and nothing else; its outcome will be proven.
        Light.RestOnNothing();
        return node.SubmitAsync(transaction, cancellationToken);
    }

    public async Task<AccountInfo> GetAccountAsync(Address address, CancellationToken cancellationToken)
    {
        StorageProof proof = await Light.AccountAsync(new ProofQuery(address, []), cancellationToken);
        Height height = Light.Proven!.Height.Previous;
        AccountValue value = proof.Account.Value ?? new AccountValue(0, default, NoCode);
        AccountInfo told = await node.GetAccountAsync(address, cancellationToken);
        return new AccountInfo(
            address,
            value.Nonce,
            Math.Clamp(told.NextNonce, value.Nonce, value.Nonce + Limits.MaxNonceAhead),
            value.Balance,
            (uint)(await CodeOfAsync(proof.Account, cancellationToken)).Length,
            proof.Account.Value is not null,
            height);
    }

    public async Task<CodeInfo> GetCodeAsync(Address address, CancellationToken cancellationToken)
    {
        StorageProof proof = await Light.AccountAsync(new ProofQuery(address, []), cancellationToken);
        Height height = Light.Proven!.Height.Previous;
        ReadOnlyMemory<byte> code = await CodeOfAsync(proof.Account, cancellationToken);
        return code.IsEmpty
            ? throw new NodeClientException(
                NodeClientError.NotFound, $"{address} has no code at height {height}, which is proven.")
            : new CodeInfo(address, proof.Account.Value!.Value.CodeHash, code, height);
    }

    public async Task<BlockInfo> GetBlockAsync(Height? height, CancellationToken cancellationToken)
    {
        CertifiedHeader header = height is { } at
            ? await Light.HeaderAsync(at, cancellationToken)
            : await Light.HeadAsync(cancellationToken);
        BlockInfo told = await node.GetBlockAsync(header.Height, cancellationToken);
        return Prove(told, header);
    }

    public async Task<BlockInfo> GetBlockAsync(Hash32 hash, CancellationToken cancellationToken)
    {
        BlockInfo told = await node.GetBlockAsync(hash, cancellationToken);
        CertifiedHeader header = await Light.HeaderAsync(told.Height, cancellationToken);
        return header.Header.Hash == hash
            ? Prove(told, header)
            : throw new ProofException(
                ProofFailure.OtherSubject,
                $"The node says that block {hash} is at height {told.Height}, where {header.Header.Hash} is proven.");
    }

    public async Task<TransactionInfo> GetTransactionAsync(Hash32 id, CancellationToken cancellationToken)
    {
        TransactionProof proof = await UnlessErasedAsync(
            () => Light.TransactionAsync(id, cancellationToken), id, cancellationToken);
        return ProvenTransactions.Info(proof);
    }

    public async Task<TransactionInfo> WaitForTransactionAsync(
        Hash32 id, TimeSpan timeout, CancellationToken cancellationToken)
    {
        TransactionInfo told = await UnlessErasedAsync(
            () => node.WaitForTransactionAsync(id, timeout, cancellationToken), id, cancellationToken);
        return told.State is TransactionState.Final or TransactionState.Included
            ? await GetTransactionAsync(id, cancellationToken)
            : told;
    }

    public async Task<CallResult> CallAsync(CallMessage message, CancellationToken cancellationToken)
    {
        CertifiedHeader head = await Light.HeadAsync(cancellationToken);
        Term term = await Light.TermAsync(head.Height, cancellationToken);
        ulong most = Math.Min(MaxCallGas, term.Parameters.TransactionGasLimit.Value);
        CallMessage limited = message with
        {
            GasLimit = new Gas(Math.Min(message.GasLimit?.Value ?? most, most)),
        };
        StateWitness witness = await Light.CallAsync(limited, cancellationToken);
        Dictionary<Hash32, ReadOnlyMemory<byte>> code = [];
        foreach (StorageProof account in witness.Accounts)
        {
            code[account.Account.Value?.CodeHash ?? NoCode] = await CodeOfAsync(account.Account, cancellationToken);
        }

        term = await Light.TermAsync(witness.Header.Height, cancellationToken);
        return runner.Run(limited, witness, term.Parameters, code);
    }

    public void Dispose() => (node as IDisposable)?.Dispose();

    // A node must not keep a transaction back by saying that its record was erased: the council's contract knows.
    private async Task<T> UnlessErasedAsync<T>(
        Func<Task<T>> ask, Hash32 id, CancellationToken cancellationToken)
    {
        try
        {
            return await ask();
        }
        catch (NodeClientException refusal) when (refusal.Error == NodeClientError.Erased)
        {
            RecordErasure decided = await new CouncilReader(this).FindErasureAsync(id, cancellationToken)
                ?? throw new ProofException(
                    ProofFailure.Omitted,
                    $"The node says that the council had the record of transaction {id} erased, and before block "
                    + $"{Light.Proven!.Height} no such decision is proven. Ask again after the next block.");
            throw new NodeClientException(
                NodeClientError.Erased,
                $"The record of transaction {id} was {decided.Sentence}, which is proven.",
                refusal);
        }
    }

    // Of a block the header proves all but what others of its roots stand for.
    private static BlockInfo Prove(BlockInfo told, CertifiedHeader proven)
    {
        BlockHeader header = proven.Header;
        if (Block.TransactionsRootOf(told.TransactionIds) != header.TransactionsRoot)
        {
            throw new ProofException(
                ProofFailure.Path,
                $"The transactions that the node lists for block {header.Height} are not those of its header.");
        }

        return told with
        {
            Height = header.Height,
            Hash = header.Hash,
            Time = header.Time,
            ParentHash = header.ParentHash,
            ParentStateRoot = header.ParentStateRoot,
            Proposer = header.Proposer,
            CommitRound = proven.Certificate.Round.Value,
            CommitSignatures = (uint)proven.Certificate.Signers.Count,
            CommitSigners = [.. proven.Certificate.Signers.Select(signer => (uint)signer)],
            TermHash = header.TermHash,
        };
    }

    private async Task<ReadOnlyMemory<byte>> CodeOfAsync(AccountProof account, CancellationToken cancellationToken)
    {
        Hash32 hash = account.Value?.CodeHash ?? NoCode;
        if (_code.TryGetValue(hash, out ReadOnlyMemory<byte> known))
        {
            return known;
        }

        CodeInfo told = await node.GetCodeAsync(account.Address, cancellationToken);
        if (Keccak256.Hash(told.Code.Span) != hash)
        {
            throw new ProofException(
                ProofFailure.Path,
                $"The code that the node gives for {account.Address} is not that of the proven hash {hash}.");
        }

        _code.Add(hash, told.Code);
        return told.Code;
    }
}
