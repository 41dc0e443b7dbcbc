using EnergyChain.Core.Chain;
using EnergyChain.Core.Primitives;
using EnergyChain.Node.Execution;
using EnergyChain.Vm;
using Proto = EnergyChain.Protocol.V1;

namespace EnergyChain.Node.Api;

/// <summary>Answers what a transaction did, or a call would do.</summary>
internal sealed class TransactionTraces(IChain chain, TraceGate gate, IServiceProvider services)
{
    private readonly IChainTracer? _tracer = services.GetService<IChainTracer>();

    public Task<Proto.Trace> OfTransactionAsync(Hash32 id, CancellationToken cancellationToken)
    {
        ErasedRecords.Refuse(chain, id);
        IChainTracer tracer = Tracer();
        if (!chain.TryFindTransaction(id, out TransactionLocation location))
        {
            throw NotFinal(id);
        }

        // The block is read inside the gate: whoever waits holds nothing.
        RequireTraceable(tracer, location);
        return gate.RunAsync(() => Trace(tracer, id, location, cancellationToken), cancellationToken);
    }

    public Task<Proto.Trace> OfCallAsync(CallRequest call, CancellationToken cancellationToken)
    {
        IChainTracer tracer = Tracer();
        return gate.RunAsync(
            () =>
            {
                Proto.Trace trace = new();
                CallOutcome outcome = tracer.TraceCall(call, new TraceRecorder(trace));
                CallAnswer.RequireRun(outcome);
                trace.Height = outcome.Height.Value;
                trace.Succeeded = outcome.Succeeded;
                trace.GasUsed = outcome.GasUsed.Value;
                trace.IntrinsicGas = IntrinsicGas.Of(call.Data.Span, call.To is null);
                trace.Failure = CallAnswer.FailureOf(outcome);
                return trace;
            },
            cancellationToken);
    }

    private Proto.Trace Trace(
        IChainTracer tracer, Hash32 id, TransactionLocation location, CancellationToken cancellationToken)
    {
        if (!chain.TryGetBlock(location.Height, out CommittedBlock? block)
            || !chain.TryGetReceipts(location.Height, out IReadOnlyList<Receipt>? receipts))
        {
            throw NotFinal(id);
        }

        RequireAffordable(receipts, location.Index);
        return Trace(
            tracer,
            location,
            block.Block.Transactions[location.Index],
            receipts[location.Index],
            cancellationToken);
    }

    private static Proto.Trace Trace(
        IChainTracer tracer,
        TransactionLocation location,
        Transaction transaction,
        Receipt receipt,
        CancellationToken cancellationToken)
    {
        Proto.Trace trace = new()
        {
            Height = location.Height.Value,
            Succeeded = receipt.Succeeded,
            GasUsed = receipt.GasUsed.Value,
            Failure = receipt.Succeeded ? "" : ApiMessages.Failure(receipt, transaction),
        };
        TraceRecorder recorder = new(trace);
        switch (tracer.Trace(location, recorder, cancellationToken))
        {
            case TraceOutcome.Traced:
                break;
            case TraceOutcome.TooOld:
                RequireTraceable(tracer, location);
                throw ApiError.Unavailable("The state before the transaction is just being let go of.");
            case TraceOutcome.NotStored:
                throw ApiError.NotFound($"This node cannot read block {location.Height}.");
            default:
                throw ApiError.Failed(
                    $"Running transaction {transaction.Id} again gave another receipt than its block has, so there is "
                    + "no trace of it: this is a bug of the node.");
        }

        if (trace.Entries.Count > 0)
        {
            trace.IntrinsicGas = IntrinsicGas.Of(transaction.Body.Data.Span, transaction.Body.To is null);
            trace.GasRefunded = trace.IntrinsicGas + recorder.GasUsed - receipt.GasUsed.Value;
        }

        return trace;
    }

    private static void RequireTraceable(IChainTracer tracer, TransactionLocation location)
    {
        Height first = tracer.FirstTraceable;
        if (location.Height < first)
        {
            throw ApiError.NotKept(
                $"The transaction is of height {location.Height}; this node can trace from height {first} on.");
        }
    }

    private static void RequireAffordable(IReadOnlyList<Receipt> receipts, int index)
    {
        ulong gas = 0;
        for (int i = 0; i <= index; i++)
        {
            gas += receipts[i].GasUsed.Value;
        }

        if (gas > ApiLimits.MaxTraceGas)
        {
            throw ApiError.TooMuch(
                $"The transaction and those before it in its block used {gas} gas; at most {ApiLimits.MaxTraceGas} "
                + "are run again.");
        }
    }

    private static Grpc.Core.RpcException NotFinal(Hash32 id) =>
        ApiError.NotFound($"Transaction {id} is not final on this node.");

    private IChainTracer Tracer() => _tracer ?? throw ApiError.NotKept("This node traces nothing.");
}
