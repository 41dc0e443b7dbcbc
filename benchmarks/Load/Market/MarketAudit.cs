using System.Globalization;
using System.Numerics;
using EnergyChain.Benchmarks.Load.Workloads;
using EnergyChain.Contracts;
using EnergyChain.Contracts.Events;
using EnergyChain.Core.Chain;
using EnergyChain.Core.Numerics;
using EnergyChain.Core.Primitives;
using Google.Protobuf;
using Proto = EnergyChain.Protocol.V1;

namespace EnergyChain.Benchmarks.Load.Market;

/// <summary>
/// What must hold of a run with contracts: every order and record was taken, slots were cleared and settled with trades
/// in them, and the market holds exactly what it owes.
/// </summary>
internal sealed class MarketAudit(LoadNode node, ChainAudit audit)
{
    private long _placed;
    private long _cleared;
    private long _trades;
    private long _settled;
    private ulong _soldWh;
    private ulong _deliveredWh;

    /// <param name="calls">All calls of contracts, in the order of the chain.</param>
    /// <param name="acts">What was done beside the orders.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public async Task<MarketReport> RunAsync(
        IReadOnlyList<Transaction> calls, IReadOnlyList<MarketAct> acts, CancellationToken cancellationToken)
    {
        Transaction[] orders = [.. calls.Where(IsOrder)];
        await CountOrdersAsync(orders, cancellationToken);
        foreach (MarketAct act in acts.Where(act => act.Kind is MarketActKind.Clear or MarketActKind.Settle))
        {
            await CheckActAsync(act, cancellationToken);
        }

        await CheckRecordsAsync(calls.LongCount(IsRecord), cancellationToken);
        await CheckMoneyAsync(cancellationToken);
        if (_trades == 0 || _settled == 0)
        {
            audit.Violated($"the market made {_trades} trades and settled {_settled} slots: the run was too short");
        }

        return new MarketReport
        {
            Orders = orders.Length,
            PlacedOrders = _placed,
            ClearedSlots = _cleared,
            Trades = _trades,
            SettledSlots = _settled,
            SoldWh = _soldWh,
            DeliveredWh = _deliveredWh,
        };
    }

    /// <summary>Checks that the registry took all records in blocks, each of which says the same energy.</summary>
    public async Task CheckRecordsAsync(long records, CancellationToken cancellationToken)
    {
        BigInteger rewarded = await AskAsync(
            MeterRegistryContract.Address, MeterRegistryContract.RewardedWh(), cancellationToken);
        if (rewarded != new BigInteger(records) * Records.ProducedWh)
        {
            audit.Violated($"{records} records are in blocks, but the registry took {rewarded} Wh in all");
        }
    }

    public static bool IsRecord(Transaction transaction) => transaction.Body.To == MeterRegistryContract.Address;

    private static bool IsOrder(Transaction transaction) =>
        transaction.Body.To == EnergyMarketContract.Address && !transaction.Body.Value.IsZero;

    // The contract numbers orders from 1 on: the last one that was taken tells how many were.
    private async Task CountOrdersAsync(IReadOnlyList<Transaction> orders, CancellationToken cancellationToken)
    {
        foreach (Transaction order in orders.Reverse())
        {
            Proto.Receipt receipt = await ReceiptAsync(order.Id, cancellationToken);
            if (EventsOf(receipt).OfType<MarketEvent.OrderPlaced>().FirstOrDefault() is { } placed)
            {
                _placed = (long)placed.OrderId;
                break;
            }
        }

        if (_placed != orders.Count)
        {
            audit.Violated($"{orders.Count} orders are in blocks, but the market took {_placed}");
        }
    }

    private async Task CheckActAsync(MarketAct act, CancellationToken cancellationToken)
    {
        if (!audit.Heights.ContainsKey(act.Transaction.Id))
        {
            return;
        }

        Proto.Receipt receipt = await ReceiptAsync(act.Transaction.Id, cancellationToken);
        if (!receipt.Succeeded)
        {
            audit.Violated($"{act.Kind} of slot {act.Slot} failed: {receipt.Failure}");
        }

        foreach (MarketEvent happening in EventsOf(receipt))
        {
            switch (happening)
            {
                case MarketEvent.SlotCleared cleared:
                    _cleared++;
                    _trades += (long)cleared.Trades;
                    break;
                case MarketEvent.SlotSettled settled:
                    _settled++;
                    _soldWh += settled.Sums.SoldWh;
                    _deliveredWh += settled.Sums.DeliveredWh;
                    break;
            }
        }
    }

    private async Task CheckMoneyAsync(CancellationToken cancellationToken)
    {
        Proto.GetAccountRequest request = new() { Address = EnergyMarketContract.Address.ToString() };
        Proto.Account market = await node.ReadAsync(
            call => node.Chain.GetAccountAsync(request, call), cancellationToken);
        BigInteger escrow = await AskAsync(
            EnergyMarketContract.Address, EnergyMarketContract.EscrowHeld(), cancellationToken);
        BigInteger collateral = await AskAsync(
            EnergyMarketContract.Address, EnergyMarketContract.CollateralHeld(), cancellationToken);
        if (BigInteger.Parse(market.Balance, CultureInfo.InvariantCulture) != escrow + collateral)
        {
            audit.Violated(
                $"the market has {market.Balance} and holds {escrow} in escrow, {collateral} as collateral");
        }
    }

    private async Task<BigInteger> AskAsync(
        Address contract, ContractQuery<UInt256> query, CancellationToken cancellationToken)
    {
        Proto.CallRequest request = new() { To = contract.ToString(), Data = ByteString.CopyFrom(query.CallData) };
        Proto.CallResponse answer = await node.ReadAsync(
            call => node.Chain.CallAsync(request, call), cancellationToken);
        return query.TryDecode(answer.Output.Span, out UInt256 value)
            ? value.ToBigInteger()
            : throw new InvalidOperationException($"{contract} gave no number: {answer.Failure}");
    }

    private async Task<Proto.Receipt> ReceiptAsync(Hash32 id, CancellationToken cancellationToken)
    {
        Proto.Transaction found = await node.ReadAsync(
            call => node.Chain.GetTransactionAsync(new() { Id = id.ToString() }, call), cancellationToken);
        return found.Receipt ?? throw new InvalidOperationException($"{node.Name} has no receipt of {id}.");
    }

    private static IEnumerable<MarketEvent> EventsOf(Proto.Receipt receipt) => receipt.Logs
        .Where(log => log.Address == EnergyMarketContract.Address.ToString())
        .Select(log => EnergyMarketContract.TryDecodeEvent(
            [.. log.Topics.Select(topic => Hash32.TryParse(topic, out Hash32 hash) ? hash : default)],
            log.Data.Span,
            out MarketEvent? happening) ? happening : null)
        .OfType<MarketEvent>();
}
