using EnergyChain.Core;
using EnergyChain.Core.Chain;
using EnergyChain.Core.Codec;
using EnergyChain.Core.Numerics;
using EnergyChain.Core.Primitives;
using EnergyChain.Core.Proofs;
using EnergyChain.Node.Execution;
using EnergyChain.Node.Network.Joining;
using Google.Protobuf;
using Grpc.Core;
using Proto = EnergyChain.Protocol.V1;

namespace EnergyChain.Node.Api;

/// <summary>energychain.v1.ProofService.</summary>
internal sealed class ProofRpc(
    IChain chain,
    ProofGate gate,
    HeadSignal heads,
    Subscriptions subscriptions,
    TimeProvider time,
    IServiceProvider services)
    : Proto.ProofService.ProofServiceBase
{
    private readonly IChainProver? _prover = services.GetService<IChainProver>();
    private readonly TransactionProver _transactions = new(chain);
    private readonly TermLinks _links = new(chain);

    // As large as the file of the genesis, and wanted by those alone who have nothing of it.
    private readonly Lazy<ReadOnlyMemory<byte>> _genesis = new(() => Bcs.Encode(chain.Genesis));

    public override Task<Proto.GetHeaderResponse> GetHeader(
        Proto.GetHeaderRequest request, ServerCallContext context) => gate.RunAsync(
        () =>
        {
            Height height = request.Height == 0 ? chain.Head.Height : new Height(request.Height);
            CertifiedHeader header = CertifiedHeader.Of(BlockAt(chain, height));
            return new Proto.GetHeaderResponse { Header = Bytes(header) };
        },
        context.CancellationToken);

    public override Task<Proto.GetTrustChainResponse> GetTrustChain(
        Proto.GetTrustChainRequest request, ServerCallContext context) => gate.RunAsync(
        () =>
        {
            Proto.GetTrustChainResponse response = new();
            response.Links.AddRange(_links.From(new Height(request.FromHeight)).Select(Bytes));
            return response;
        },
        context.CancellationToken);

    public override Task<Proto.GetGenesisResponse> GetGenesis(
        Proto.GetGenesisRequest request, ServerCallContext context) => gate.RunAsync(
        () =>
        {
            ReadOnlyMemory<byte> genesis = _genesis.Value;
            if (request.Offset >= (ulong)genesis.Length)
            {
                throw ApiError.Invalid("offset", $"{request.Offset}; the genesis has {genesis.Length} bytes.");
            }

            ReadOnlyMemory<byte> rest = genesis[(int)request.Offset..];
            return new Proto.GetGenesisResponse
            {
                Part = UnsafeByteOperations.UnsafeWrap(rest[..Math.Min(rest.Length, ApiLimits.MaxGenesisPartBytes)]),
                TotalBytes = (ulong)genesis.Length,
            };
        },
        context.CancellationToken);

    public override Task<Proto.GetProofResponse> GetProof(
        Proto.GetProofRequest request, ServerCallContext context)
    {
        IReadOnlyList<ProofKeys> keys = ReadKeys(request);
        return gate.RunAsync(() => Answer(Prover().Prove(keys)), context.CancellationToken);
    }

    public override Task<Proto.GetProofResponse> GetCallProof(Proto.CallRequest request, ServerCallContext context)
    {
        CallRequest call = CallAnswer.Read(request, chain.Head.Parameters);
        return gate.RunAsync(() => Answer(Prover().ProveCall(call)), context.CancellationToken);
    }

    public override async Task<Proto.GetTransactionProofResponse> GetTransactionProof(
        Proto.GetTransactionProofRequest request, ServerCallContext context)
    {
        Hash32 id = RequestFields.Hash("id", request.Id);
        ErasedRecords.Refuse(chain, id);
        await WaitForNextAsync(id, context.CancellationToken);
        ErasedRecords.Refuse(chain, id);
        return await gate.RunAsync(
            () => new Proto.GetTransactionProofResponse { Proof = Bytes(_transactions.Prove(id)) },
            context.CancellationToken);
    }

    /// <summary>A block, or NOT_FOUND with what this node has.</summary>
    internal static CommittedBlock BlockAt(IChain chain, Height height)
    {
        if (chain.TryGetBlock(height, out CommittedBlock? block))
        {
            return block;
        }

        throw ApiError.NotFound(height < chain.FirstBlock
            ? $"Block {height} is not held here: the blocks of this node begin at {chain.FirstBlock}."
            : $"This node has no block {height}; its head is at {chain.Head.Height}.");
    }

    private static IReadOnlyList<ProofKeys> ReadKeys(Proto.GetProofRequest request)
    {
        if (request.Keys.Count is 0 or > Limits.MaxProvenAccounts)
        {
            throw ApiError.Invalid(
                "keys", $"{request.Keys.Count} accounts; 1 to {Limits.MaxProvenAccounts} are taken.");
        }

        int count = request.Keys.Sum(static keys => 1 + keys.Slots.Count);
        if (count > Limits.MaxProvenKeys)
        {
            throw ApiError.Invalid(
                "keys", $"{count} accounts and slots; at most {Limits.MaxProvenKeys} are proven together.");
        }

        ProofKeys[] keys = [.. request.Keys.Select(Read)];
        return keys.Select(static each => each.Address).Distinct().Count() == keys.Length
            ? keys
            : throw ApiError.Invalid("keys", "an address stands there twice.");
    }

    private static ProofKeys Read(Proto.ProofKeys keys) => new(
        RequestFields.Address("keys.address", keys.Address),
        [
            .. keys.Slots.Select(static slot => slot.Length == Hash32.Size
                ? UInt256.FromBigEndian(slot.Span)
                : throw ApiError.Invalid("keys.slots", $"a slot of {slot.Length} bytes; each has {Hash32.Size}.")),
        ]);

    private static Proto.GetProofResponse Answer(ProofOutcome outcome) => outcome switch
    {
        ProofOutcome.Proven proven => new Proto.GetProofResponse { Witness = Bytes(proven.Witness) },
        ProofOutcome.NotYet => throw ApiError.Unavailable(
            "No header states a root yet that this node has the state of; ask again after the next block."),
        ProofOutcome.TooLarge => throw ApiError.TooMuch(
            $"The call looks at more than {Limits.MaxProvenAccounts} accounts, or {Limits.MaxProvenKeys} accounts and "
            + "slots; ask for less."),
        _ => throw ApiError.Unavailable("Blocks came faster than the call could run; ask again, or for less."),
    };

    private static ByteString Bytes<T>(T value)
        where T : IBcsValue<T> => UnsafeByteOperations.UnsafeWrap(Bcs.Encode(value));

    // What a transaction of the head did is stated by the next block, which is about to come.
    private async Task WaitForNextAsync(Hash32 id, CancellationToken cancellationToken)
    {
        Task next = heads.Next;
        if (!chain.TryFindTransaction(id, out TransactionLocation location) || location.Height < chain.Head.Height)
        {
            return;
        }

        using IDisposable place = subscriptions.Enter();
        try
        {
            await next.WaitAsync(TimeSpan.FromMilliseconds(ApiLimits.MaxProofWaitMs), time, cancellationToken);
        }
        catch (TimeoutException)
        {
            // Then it is proven without its outcome.
        }
    }

    private IChainProver Prover() => _prover ?? throw ApiError.NotKept("This node proves nothing.");
}
