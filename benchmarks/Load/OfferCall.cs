using System.Buffers;
using Grpc.Core;

namespace EnergyChain.Benchmarks.Load;

/// <summary>ChainService.SubmitTransactions over bytes that are ready.</summary>
internal sealed class OfferCall(CallInvoker invoker)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private static readonly Method<OfferBatch, OfferAnswer> Submit = new(
        MethodType.Unary,
        "energychain.v1.ChainService",
        "SubmitTransactions",
        Marshallers.Create<OfferBatch>(Write, _ => throw new NotSupportedException()),
        Marshallers.Create(
            (_, _) => throw new NotSupportedException(),
            context => OfferAnswer.Read(context.PayloadAsReadOnlySequence())));

    /// <summary>When an offer that is made now has waited long enough for its answer.</summary>
    public static DateTime DeadlineBy(TimeProvider time) => time.GetUtcNow().UtcDateTime + Patience;

    /// <summary>Throws <see cref="RpcException"/> where the node refuses the whole call.</summary>
    public async Task<OfferAnswer> RunAsync(OfferBatch batch, TimeProvider time)
    {
        CallOptions options = new(deadline: DeadlineBy(time));
        using AsyncUnaryCall<OfferAnswer> call = invoker.AsyncUnaryCall(Submit, host: null, options, batch);
        return await call.ResponseAsync;
    }

    private static void Write(OfferBatch batch, SerializationContext context)
    {
        ReadOnlySpan<byte> request = batch.Lane.RequestOf(batch);
        context.SetPayloadLength(request.Length);
        context.GetBufferWriter().Write(request);
        context.Complete();
    }
}
