using EnergyChain.Core.Chain;
using EnergyChain.Core.Crypto;
using EnergyChain.Core.Primitives;
using EnergyChain.Node.Execution;
using EnergyChain.Node.Pool;
using EnergyChain.Vm.State;
using Google.Protobuf;
using Grpc.Core;
using Proto = EnergyChain.Protocol.V1;

namespace EnergyChain.Node.Api;

/// <summary>energychain.v1.ChainService.</summary>
internal sealed class ChainRpc(
    IChain chain,
    ITransactionPool pool,
    TransactionIntake intake,
    TransactionLookup lookup,
    BlockFeed feed,
    Subscriptions subscriptions,
    CallGate calls,
    TransactionTraces traces,
    RefusalText refusals)
    : Proto.ChainService.ChainServiceBase
{
    private readonly LogScan _logs = new(chain);

    public override async Task<Proto.SubmitTransactionResponse> SubmitTransaction(
        Proto.SubmitTransactionRequest request, ServerCallContext context) =>
        (await SubmitAsync([request.Transaction], context))[0];

    public override async Task<Proto.SubmitTransactionsResponse> SubmitTransactions(
        Proto.SubmitTransactionsRequest request, ServerCallContext context)
    {
        if (request.Transactions.Count > ApiLimits.MaxSubmittedTransactions)
        {
            throw ApiError.Invalid(
                "transactions",
                $"{request.Transactions.Count} at once; at most {ApiLimits.MaxSubmittedTransactions} are taken.");
        }

        Proto.SubmitTransactionsResponse response = new();
        response.Results.AddRange(await SubmitAsync(request.Transactions, context));
        return response;
    }

    public override Task<Proto.Account> GetAccount(Proto.GetAccountRequest request, ServerCallContext context)
    {
        Address address = RequestFields.Address("address", request.Address);
        Proto.Account message = chain.Read((state, head) =>
        {
            bool exists = state.TryGetAccount(address, out AccountState account);
            return new Proto.Account
            {
                Address = address.ToString(),
                Exists = exists,
                Nonce = account.Nonce,
                Balance = account.Balance.ToString(),
                CodeHash = exists ? account.CodeHash.ToString() : Keccak256.Hash([]).ToString(),
                CodeBytes = exists ? (uint)state.GetCode(account.CodeHash).Length : 0,
                Height = head.Height.Value,
            };
        });
        message.NextNonce = Math.Max(message.Nonce, pool.NextNonce(address));
        return Task.FromResult(message);
    }

    public override Task<Proto.Code> GetCode(Proto.GetCodeRequest request, ServerCallContext context)
    {
        Address address = RequestFields.Address("address", request.Address);
        return Task.FromResult(chain.Read((state, head) =>
            state.TryGetAccount(address, out AccountState account) && account.HasCode
                ? new Proto.Code
                {
                    Address = address.ToString(),
                    CodeHash = account.CodeHash.ToString(),
                    Code_ = UnsafeByteOperations.UnsafeWrap(state.GetCode(account.CodeHash)),
                    Height = head.Height.Value,
                }
                : throw ApiError.NotFound($"{address} has no code at height {head.Height}.")));
    }

    public override Task<Proto.Block> GetBlock(Proto.GetBlockRequest request, ServerCallContext context)
    {
        Height height = HeightOf(request);
        Height head = chain.Head.Height;
        if (!chain.TryGetBlock(height, out CommittedBlock? block))
        {
            throw ApiError.NotFound(height < chain.FirstBlock
                ? $"Block {height} is not held here: this node joined by a snapshot and its blocks begin at "
                    + $"{chain.FirstBlock}."
                : $"This node has no block {height}; its head is at {head}.");
        }

        chain.TryGetReceipts(height, out IReadOnlyList<Receipt>? receipts);
        return Task.FromResult(
            ApiMessages.Block(block, receipts, chain.Erasures, request.IncludeTransactions, request.IncludeRaw));
    }

    public override Task<Proto.Transaction> GetTransaction(
        Proto.GetTransactionRequest request, ServerCallContext context) =>
        Task.FromResult(lookup.Find(RequestFields.Hash("id", request.Id), request.IncludeRaw));

    public override async Task<Proto.Transaction> WaitForTransaction(
        Proto.WaitForTransactionRequest request, ServerCallContext context)
    {
        Hash32 id = RequestFields.Hash("id", request.Id);
        if (request.TimeoutMs > ApiLimits.MaxWaitMs)
        {
            throw ApiError.Invalid("timeout_ms", $"{request.TimeoutMs}; at most {ApiLimits.MaxWaitMs} are taken.");
        }

        using IDisposable place = subscriptions.Enter();
        int timeoutMs = request.TimeoutMs == 0 ? ApiLimits.DefaultWaitMs : (int)request.TimeoutMs;
        return await lookup.WaitAsync(id, TimeSpan.FromMilliseconds(timeoutMs), context.CancellationToken);
    }

    public override async Task<Proto.CallResponse> Call(Proto.CallRequest request, ServerCallContext context)
    {
        CallRequest call = CallAnswer.Read(request, chain.Head.Parameters);
        CallOutcome outcome = await calls.RunAsync(() => chain.Call(call), context.CancellationToken);
        CallAnswer.RequireRun(outcome);
        Proto.CallResponse response = new()
        {
            Succeeded = outcome.Succeeded,
            Output = UnsafeByteOperations.UnsafeWrap(outcome.Output),
            GasUsed = outcome.GasUsed.Value,
            Failure = CallAnswer.FailureOf(outcome),
            Height = outcome.Height.Value,
        };
        response.Logs.AddRange(outcome.Logs.Select(ApiMessages.Log));
        return response;
    }

    public override Task<Proto.Trace> TraceTransaction(
        Proto.TraceTransactionRequest request, ServerCallContext context) =>
        traces.OfTransactionAsync(RequestFields.Hash("id", request.Id), context.CancellationToken);

    public override Task<Proto.Trace> TraceCall(Proto.CallRequest request, ServerCallContext context) =>
        traces.OfCallAsync(CallAnswer.Read(request, chain.Head.Parameters), context.CancellationToken);

    public override Task<Proto.GetLogsResponse> GetLogs(Proto.GetLogsRequest request, ServerCallContext context) =>
        Task.FromResult(_logs.Page(request, context.CancellationToken));

    public override async Task StreamBlocks(
        Proto.StreamBlocksRequest request, IServerStreamWriter<Proto.Block> responseStream, ServerCallContext context)
    {
        if (request.HeaderOnly && (request.IncludeTransactions || request.IncludeRaw))
        {
            throw ApiError.Invalid("header_only", "true; then neither transactions nor raw bytes can be had.");
        }

        using IDisposable place = subscriptions.Enter();
        await foreach (Height height in feed.From(request.FromHeight, context.CancellationToken))
        {
            if (chain.TryGetBlock(height, out CommittedBlock? block))
            {
                await responseStream.WriteAsync(MessageOf(block, request), context.CancellationToken);
            }
        }
    }

    public override async Task StreamEvents(
        Proto.StreamEventsRequest request, IServerStreamWriter<Proto.Log> responseStream, ServerCallContext context)
    {
        LogFilter filter = LogFilter.Read(request.Filter);
        using IDisposable place = subscriptions.Enter();
        await foreach (Height height in feed.From(request.FromHeight, context.CancellationToken))
        {
            foreach (Proto.Log log in _logs.InBlock(height, filter, new ErasedRecords(chain.Erasures)))
            {
                await responseStream.WriteAsync(log, context.CancellationToken);
            }
        }
    }

    private Task<IReadOnlyList<Proto.SubmitTransactionResponse>> SubmitAsync(
        IReadOnlyList<ByteString> transactions, ServerCallContext context) =>
        new Submission(intake, refusals, transactions.Count).RunAsync(transactions, context.CancellationToken);

    private Proto.Block MessageOf(CommittedBlock block, Proto.StreamBlocksRequest request)
    {
        if (request.HeaderOnly)
        {
            return ApiMessages.Header(block);
        }

        chain.TryGetReceipts(block.Block.Height, out IReadOnlyList<Receipt>? receipts);
        return ApiMessages.Block(
            block, receipts, chain.Erasures, request.IncludeTransactions, request.IncludeRaw);
    }

    private Height HeightOf(Proto.GetBlockRequest request)
    {
        switch (request.WhichCase)
        {
            case Proto.GetBlockRequest.WhichOneofCase.Height when request.Height == 0:
                throw ApiError.Invalid("height", "0 is the genesis; the first block is 1.");
            case Proto.GetBlockRequest.WhichOneofCase.Height:
                return new Height(request.Height);
            case Proto.GetBlockRequest.WhichOneofCase.Hash:
                Hash32 hash = RequestFields.Hash("hash", request.Hash);
                return chain.TryGetHeight(hash, out Height height)
                    ? height
                    : throw ApiError.NotFound($"This node has no block {hash}.");
            case Proto.GetBlockRequest.WhichOneofCase.Head when request.Head:
                return chain.Head.Height;
            default:
                throw ApiError.Invalid("which", "name a height, a hash or head = true.");
        }
    }
}
