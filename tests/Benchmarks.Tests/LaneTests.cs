using System.Buffers;
using EnergyChain.Benchmarks.Load;
using EnergyChain.Benchmarks.Load.Workloads;
using EnergyChain.Core.Chain;
using EnergyChain.Core.Codec;
using EnergyChain.Core.Primitives;
using EnergyChain.Protocol.V1;
using Google.Protobuf;
using ChainTransaction = EnergyChain.Core.Chain.Transaction;
using Refusal = EnergyChain.Core.Chain.TransactionRefusal;

namespace EnergyChain.Benchmarks.Tests;

internal sealed class LaneTests
{
    private static readonly TransferWorkload Transfers =
        new(4, 2, new ChainParameters { ChainId = new ChainId(7) });

    [Test]
    public void Batch_is_the_request_that_the_API_reads()
    {
        Lane lane = Lane.Sign(Transfers, 1, 10);
        lane.Take(3);
        OfferBatch batch = lane.Take(4)!;
        SubmitTransactionsRequest request = SubmitTransactionsRequest.Parser.ParseFrom(lane.RequestOf(batch).ToArray());

        Assert.That(
            request.Transactions.Select(bytes => IdOf(bytes)), Is.EqualTo(lane.Ids[3..7]));
    }

    [Test]
    public void What_came_back_is_taken_first_and_the_end_is_told()
    {
        Lane lane = Lane.Sign(Transfers, 0, 5);
        OfferBatch first = lane.Take(4)!;
        lane.PutBack(first);

        Assert.That(lane.HasBack, Is.True);
        Assert.That(lane.Take(4), Is.SameAs(first));
        Assert.That(lane.Take(4)!.Count, Is.EqualTo(1));
        Assert.That(lane.Take(4), Is.Null);
    }

    [Test]
    public void Of_what_came_back_the_oldest_is_taken_first()
    {
        Lane lane = Lane.Sign(Transfers, 0, 5);
        OfferBatch first = lane.Take(2)!;
        OfferBatch second = lane.Take(2)!;
        lane.PutBack(second);
        lane.PutBack(first);

        Assert.That(lane.Take(2), Is.SameAs(first));
        Assert.That(lane.Take(2), Is.SameAs(second));
        Assert.That(lane.HasBack, Is.False);
    }

    [Test]
    public void Answer_gives_each_refusal_in_order()
    {
        SubmitTransactionsResponse response = new();
        response.Results.Add(new SubmitTransactionResponse { Id = "0xab" });
        response.Results.Add(new SubmitTransactionResponse
        {
            Id = "0xcd",
            Refusal = Protocol.V1.TransactionRefusal.PoolFull,
            Detail = "full",
        });
        response.Results.Add(new SubmitTransactionResponse());
        OfferAnswer answer = OfferAnswer.Read(new ReadOnlySequence<byte>(response.ToByteArray()));

        Assert.That(answer.Refusals, Is.EqualTo(new[] { Refusal.None, Refusal.PoolFull, Refusal.None }));
    }

    private static Hash32 IdOf(ByteString bytes) =>
        Bcs.TryDecode(bytes.Span, out ChainTransaction? transaction, out _) ? transaction.Id : default;
}
