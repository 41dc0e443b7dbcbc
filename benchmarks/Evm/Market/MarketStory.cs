using EnergyChain.Contracts;
using EnergyChain.Core.Chain;
using EnergyChain.Core.Numerics;
using EnergyChain.Ledger.Execution;
using EnergyChain.Ledger.State;

namespace EnergyChain.Benchmarks.Evm.Market;

/// <summary>
/// Three kinds of slots from order to settlement, and the blocks on the way as cases: eight slots that get 4,000 orders
/// in one block, a usual slot of 256 orders, and the fullest slot there can be, with 512 orders, all of which trade,
/// and 256 direct trades.
/// </summary>
internal sealed class MarketStory
{
    public const int OrdersOfBlock = 4_000;

    private const ulong UsualSlot = MarketChain.FirstSlot + 9;
    private const ulong FullSlot = MarketChain.FirstSlot + 10;
    private const int UsualOrders = 256;
    private const uint OfferWh = 512;
    private const ulong SmallGas = 1_000_000;
    private const ulong LargeGas = 200_000_000;

    private static readonly UInt256 HighPrice = 300_000_000_000_000_000;
    private static readonly UInt256 LowPrice = 100_000_000_000_000_000;

    private readonly MarketChain _chain = new();
    private readonly MarketCheck _check;
    private readonly List<BlockCase> _cases = [];
    private readonly ulong _start;

    private MarketStory()
    {
        _check = new MarketCheck(_chain);
        _start = _chain.Genesis.Time.UnixSeconds;
    }

    /// <summary>Tells the story once, checks every event of it and hands out its blocks to be run again.</summary>
    public static IReadOnlyList<BlockCase> Create()
    {
        MarketStory story = new();
        story.Order();
        story.Trade();
        story.Clear();
        story.Deliver();
        story.Settle();
        return story._cases;
    }

    private void Order()
    {
        Transaction[] orders =
        [
            .. Enumerable.Range(0, OrdersOfBlock).Select(i => AnyOrder(
                MarketChain.FirstSlot + 1 + ((ulong)i / MarketChain.Sites), _chain.Households[i % MarketChain.Sites])),
        ];
        _check.Orders(Measure("order", _start + 1, orders), OrdersOfBlock);
        Transaction[] usual = [.. _chain.Households.Take(UsualOrders).Select(house => AnyOrder(UsualSlot, house))];
        _check.Orders(Commit(_start + 2, usual), UsualOrders);
    }

    private void Trade()
    {
        Household seller = _chain.Households[^1];
        UInt256 collateral = Money(OfferWh, _chain.Contracts.CollateralPerKwh);
        byte[] offer = EnergyMarketContract.Offer(FullSlot, seller.Site, OfferWh, LowPrice);
        ulong offerId = _check.Offer(Commit(_start + 3, [ToMarket(seller, offer, collateral)]));
        const uint partWh = OfferWh / MarketLimits.MaxDirectTradesPerSlot;
        UInt256 escrow = Money(partWh, LowPrice + _chain.Contracts.GridFeePerKwh);
        Transaction[] acceptances =
        [
            .. Enumerable.Range(0, MarketLimits.MaxDirectTradesPerSlot).Select(i =>
            {
                Household buyer = _chain.Households[i / MarketLimits.MaxDirectTradesPerSite];
                return ToMarket(buyer, EnergyMarketContract.AcceptOffer(offerId, buyer.Site, partWh), escrow);
            }),
        ];
        _check.Acceptances(Measure("accept", _start + 4, acceptances), MarketLimits.MaxDirectTradesPerSlot);
        Transaction[] orders =
        [
            .. Enumerable.Range(0, MarketLimits.MaxOrdersPerSlot).Select(i => ChainedOrder(_chain.Households[i])),
        ];
        _check.Orders(Commit(_start + 5, orders), MarketLimits.MaxOrdersPerSlot);
    }

    private void Clear()
    {
        ulong gate = (FullSlot * _chain.Contracts.SlotSeconds) - _chain.Contracts.GateLeadSeconds;
        _check.Clearing(MeasureCall($"clear-{UsualOrders}", gate, EnergyMarketContract.Clear(UsualSlot)), UsualSlot);
        _check.Clearing(
            MeasureCall($"clear-{MarketLimits.MaxOrdersPerSlot}", gate + 1, EnergyMarketContract.Clear(FullSlot)),
            FullSlot);
    }

    private void Deliver()
    {
        _check.Records(Commit(EndOf(UsualSlot), Records(UsualSlot, 1)), MarketChain.Sites);
        _check.Records(Measure("record", EndOf(FullSlot), Records(FullSlot, 2)), MarketChain.Sites);
    }

    private void Settle()
    {
        ulong time = EndOf(FullSlot) + _chain.Contracts.ReportWindowSeconds;
        _check.Settlement(
            MeasureCall($"settle-{_check.TradesOf(UsualSlot)}", time, EnergyMarketContract.Settle(UsualSlot)),
            UsualSlot,
            ExportedWh);
        _check.Settlement(
            MeasureCall($"settle-{_check.TradesOf(FullSlot)}", time + 1, EnergyMarketContract.Settle(FullSlot)),
            FullSlot,
            ExportedWh);
    }

    /// <summary>Commits a block and keeps it, with the state before it, as a case.</summary>
    private BlockResult Measure(string name, ulong unixSeconds, IReadOnlyList<Transaction> transactions)
    {
        WorldState before = MarketChain.CopyOf(_chain.State);
        Block block = _chain.Block(unixSeconds, transactions);
        BlockResult result = _chain.Commit(block);
        _cases.Add(new BlockCase(name, _chain, before, block, result));
        return result;
    }

    private BlockResult MeasureCall(string name, ulong unixSeconds, byte[] data) =>
        Measure(name, unixSeconds, [ToMarket(_chain.Households[0], data, UInt256.Zero, LargeGas)]);

    private BlockResult Commit(ulong unixSeconds, IReadOnlyList<Transaction> transactions) =>
        _chain.Commit(_chain.Block(unixSeconds, transactions));

    /// <summary>Energies and prices that differ from site to site; about half of the energy finds a partner.</summary>
    private Transaction AnyOrder(ulong slot, Household house)
    {
        uint energyWh = 200 + (house.Site * 37 % 800);
        UInt256 spread = (house.Site * 7919UL % 200) * 1_000_000_000_000_000;
        UInt256 price = house.IsSeller ? LowPrice + spread : HighPrice - spread;
        return Order(slot, house, energyWh, price);
    }

    /// <summary>Bids of 20 Wh over asks shifted by half of that: each order but the last meets two others.</summary>
    private Transaction ChainedOrder(Household house) =>
        Order(FullSlot, house, house.Site == 2 ? 10U : 20U, house.IsSeller ? LowPrice : HighPrice);

    private Transaction Order(ulong slot, Household house, uint energyWh, UInt256 price)
    {
        OrderKind kind = house.IsSeller ? OrderKind.Sell : OrderKind.Buy;
        UInt256 rate = house.IsSeller ? _chain.Contracts.CollateralPerKwh : price + _chain.Contracts.GridFeePerKwh;
        return ToMarket(
            house, EnergyMarketContract.PlaceOrder(slot, house.Site, kind, energyWh, price), Money(energyWh, rate));
    }

    private Transaction[] Records(ulong slot, ulong sequence) =>
    [
        .. _chain.Households.Select(house =>
        {
            ulong exportedWh = ExportedWh(house.Site, slot);
            ulong counterWh = sequence * 2_000;
            MeterRecord record = new(
                slot, 0, exportedWh, exportedWh, 0, 0, counterWh, counterWh, counterWh, sequence, default);
            return _chain.Call(
                house.MeterKey, MeterRegistryContract.Address, MeterRegistryContract.SubmitRecord(record), SmallGas);
        }),
    ];

    /// <summary>Enough for some sellers and too little for others.</summary>
    private static ulong ExportedWh(uint site, ulong slot) =>
        slot == FullSlot ? site % 25 : 100 + (site * 53UL % 900);

    private Transaction ToMarket(Household house, byte[] data, UInt256 value, ulong gasLimit = SmallGas) =>
        _chain.Call(house.Key, EnergyMarketContract.Address, data, gasLimit, value);

    private ulong EndOf(ulong slot) => (slot + 1) * _chain.Contracts.SlotSeconds;

    private static UInt256 Money(uint energyWh, UInt256 pricePerKwh) => pricePerKwh * energyWh / 1000;
}
