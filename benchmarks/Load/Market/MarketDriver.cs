using EnergyChain.Benchmarks.Load.Workloads;
using EnergyChain.Contracts;
using EnergyChain.Core.Chain;
using EnergyChain.Core.Codec;
using EnergyChain.Core.Crypto;
using EnergyChain.Core.Numerics;
using EnergyChain.Node.Setup;
using Google.Protobuf;
using Grpc.Core;
using Proto = EnergyChain.Protocol.V1;

namespace EnergyChain.Benchmarks.Load.Market;

/// <summary>
/// What makes a market of the orders: tariffs before, and for every slot that passes its clearing, the records of its
/// sellers' meters and its settlement. Signed as the slots pass: a few hundred transactions each.
/// </summary>
internal sealed class MarketDriver(LoadNode node, TradeWorkload trades, ChainParameters parameters) : IDisposable
{
    private const int TariffSlots = 120;
    private const int MaxBatch = 250;
    private const ulong MillisecondsOfSecond = 1_000;
    private const ulong TariffGas = 10_000_000;
    private const ulong ClearGas = 80_000_000;
    private const ulong SettleGas = 100_000_000;
    private const ulong RecordGas = 300_000;

    private static readonly UInt256 Retail = 350_000_000_000_000_000;
    private static readonly UInt256 FeedIn = 80_000_000_000_000_000;

    private readonly SigningKey _operator = DevelopmentKeys.Operator();
    private readonly Dictionary<int, ulong> _records = [];
    private readonly List<MarketAct> _acts = [];
    private readonly List<MarketAct> _open = [];
    private long _accepted;
    private ulong _operatorNonce;
    private ulong _nextClear = trades.Calendar.FirstSlot;
    private ulong _nextRecords = trades.Calendar.FirstSlot;
    private ulong _nextSettle = trades.Calendar.FirstSlot;

    /// <summary>All that it did, in order; to be read when it has ended.</summary>
    public IReadOnlyList<MarketAct> Acts => _acts;

    /// <summary>How many of them nodes have accepted.</summary>
    public long Accepted => Volatile.Read(ref _accepted);

    /// <summary>Does what is due after each block until cancelled.</summary>
    public async Task RunAsync(CancellationToken stop)
    {
        ulong first = trades.Calendar.FirstSlot;
        byte[] tariffs = EnergyMarketContract.PublishTariffs(
            first, [.. Enumerable.Repeat(Retail, TariffSlots)], [.. Enumerable.Repeat(FeedIn, TariffSlots)]);
        Do(MarketActKind.Tariffs, first, FromOperator(TariffGas, tariffs));
        try
        {
            while (!stop.IsCancellationRequested)
            {
                if (node.Trail.Last is { } head)
                {
                    DoDue((ulong)head.TimeMs / MillisecondsOfSecond);
                    await OfferAsync();
                }

                await node.Trail.NextAsync(stop);
            }
        }
        catch (OperationCanceledException)
        {
            // The load is over.
        }
    }

    public void Dispose() => _operator.Dispose();

    private void DoDue(ulong now)
    {
        for (; MarketCalendar.GateOf(_nextClear) <= now; _nextClear++)
        {
            Do(MarketActKind.Clear, _nextClear, FromOperator(ClearGas, EnergyMarketContract.Clear(_nextClear)));
        }

        for (; MarketCalendar.EndOf(_nextRecords) <= now; _nextRecords++)
        {
            foreach (int place in trades.SellersOf(_nextRecords))
            {
                Do(MarketActKind.Record, _nextRecords, RecordOf(place, _nextRecords));
            }
        }

        for (; MarketCalendar.DeadlineOf(_nextSettle) <= now; _nextSettle++)
        {
            Do(MarketActKind.Settle, _nextSettle, FromOperator(SettleGas, EnergyMarketContract.Settle(_nextSettle)));
        }
    }

    private void Do(MarketActKind kind, ulong slot, Transaction transaction)
    {
        MarketAct act = new(kind, slot, transaction);
        _acts.Add(act);
        _open.Add(act);
    }

    // In order, since nonces follow one another; what is not taken is offered again after the next block.
    private async Task OfferAsync()
    {
        foreach (MarketAct[] batch in _open.Chunk(MaxBatch).ToArray())
        {
            Proto.SubmitTransactionsRequest request = new();
            request.Transactions.AddRange(batch.Select(
                act => UnsafeByteOperations.UnsafeWrap(Bcs.Encode(act.Transaction))));
            try
            {
                Proto.SubmitTransactionsResponse answer = await node.Chain.SubmitTransactionsAsync(
                    request, deadline: OfferCall.DeadlineBy(TimeProvider.System));
                foreach ((MarketAct act, Proto.SubmitTransactionResponse one) in batch.Zip(answer.Results))
                {
                    if (one.Refusal is Proto.TransactionRefusal.None or Proto.TransactionRefusal.AlreadyKnown)
                    {
                        _open.Remove(act);
                        Interlocked.Increment(ref _accepted);
                    }
                }
            }
            catch (RpcException)
            {
                return;
            }
        }
    }

    private Transaction FromOperator(ulong gas, byte[] data) => LoadTransaction.Sign(
        parameters, _operator, _operatorNonce++, EnergyMarketContract.Address, gas, data: data);

    private Transaction RecordOf(int place, ulong slot)
    {
        ulong nonce = _records.GetValueOrDefault(place);
        _records[place] = nonce + 1;
        return LoadTransaction.Sign(
            parameters,
            trades.MeterOf(place),
            nonce,
            MeterRegistryContract.Address,
            RecordGas,
            data: MeterRegistryContract.SubmitRecord(Records.Of(slot, nonce + 1)));
    }
}
