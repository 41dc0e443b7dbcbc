using System.Text.Json;
using EnergyChain.Contracts.Events;
using EnergyChain.Contracts.Tests.Chain;

namespace EnergyChain.Contracts.Tests;

/// <summary>The published books and settlements through the compiled contracts.</summary>
public sealed class PublishedVectorTests
{
    private const ulong Slot = 110;

    // Prices have at most one decimal and energies are multiples of 100 Wh: both stay whole.
    private const decimal PriceScale = 10;
    private const uint EnergyScale = 100;

    [Test]
    public void Auction_of_the_contract_gives_the_published_volume_and_price()
    {
        using JsonDocument cases = SharedData.Json("vectors/market/clearing.json");
        foreach (JsonElement book in cases.RootElement.EnumerateArray())
        {
            TestChain chain = Community.Start();
            Place(chain, book.GetProperty("bids"), OrderKind.Buy);
            Place(chain, book.GetProperty("offers"), OrderKind.Sell);
            chain.Now = Slot * Community.SlotSeconds;
            CallResult cleared = chain.ToMarket(Community.Stranger, EnergyMarketContract.Clear(Slot)).Succeeds();
            MarketEvent.SlotCleared result = cleared.MarketEvents.OfType<MarketEvent.SlotCleared>().Single();
            string? name = book.GetProperty("name").GetString();
            Assert.That(
                result.VolumeWh * EnergyScale,
                Is.EqualTo(book.GetProperty("volume").GetUInt64()),
                name);
            Assert.That(result.PricePerKwh, Is.EqualTo(Community.Price(Scaled(book.GetProperty("price")))), name);
        }
    }

    [Test]
    public void Settlement_of_the_contract_delivers_the_published_shares()
    {
        using JsonDocument cases = SharedData.Json("vectors/market/settlement.json");
        foreach (JsonElement entry in cases.RootElement.EnumerateArray())
        {
            TestChain chain = Community.Start();
            SellDirectly(chain, [.. entry.GetProperty("sold").EnumerateArray().Select(sold => sold.GetUInt32())]);
            Report(chain, entry.GetProperty("export").GetUInt64());
            chain.Now += Community.ReportWindowSeconds;
            CallResult settled = chain.ToMarket(Community.Stranger, EnergyMarketContract.Settle(Slot)).Succeeds();
            Assert.That(
                settled.MarketEvents.OfType<MarketEvent.TradeSettled>().Select(trade => trade.Line.DeliveredWh),
                Is.EqualTo(entry.GetProperty("delivered").EnumerateArray().Select(energy => energy.GetUInt32())),
                entry.GetProperty("name").GetString());
        }
    }

    private static void Place(TestChain chain, JsonElement side, OrderKind kind)
    {
        uint site = kind == OrderKind.Buy ? 1U : 2U;
        foreach (JsonElement order in side.EnumerateArray())
        {
            uint energyWh = order[0].GetUInt32() / EnergyScale;
            ulong thousands = Scaled(order[1]);
            ulong value = energyWh * (kind == OrderKind.Buy ? thousands + 20 : 100);
            byte[] call =
                EnergyMarketContract.PlaceOrder(Slot, site, kind, energyWh, Community.Price(thousands));
            chain.ToMarket(Community.Account(site), call, value).Succeeds();
        }
    }

    private static void SellDirectly(TestChain chain, uint[] sold)
    {
        uint total = (uint)sold.Sum(energy => energy);
        byte[] offer = EnergyMarketContract.Offer(Slot, 2, total, Community.Price(100));
        ulong id = chain.ToMarket(Community.Account(2), offer, total * 100UL).Succeeds().Id;
        foreach (uint energyWh in sold)
        {
            byte[] accept = EnergyMarketContract.AcceptOffer(id, 1, energyWh);
            chain.ToMarket(Community.Account(1), accept, energyWh * 120UL).Succeeds();
        }
    }

    /// <summary>The rated power of one meter is below some of the exports, so that a second one shares them.</summary>
    private static void Report(TestChain chain, ulong exportedWh)
    {
        chain.Now = (Slot + 1) * Community.SlotSeconds;
        ulong first = Math.Min(exportedWh, Community.RatedPowerW);
        MeterRecord record = Community.Record(Slot, 1, first);
        chain.ToRegistry(Community.Meter(2), MeterRegistryContract.SubmitRecord(record)).Succeeds();
        byte[] register = MeterRegistryContract.RegisterDevice(
            Community.Stranger,
            2,
            Community.RatedPowerW,
            EnergySource.None);
        chain.ToRegistry(Community.Operator, register).Succeeds();
        MeterRecord second = Community.Record(Slot, 1, exportedWh - first);
        chain.ToRegistry(Community.Stranger, MeterRegistryContract.SubmitRecord(second)).Succeeds();
    }

    private static ulong Scaled(JsonElement price) => (ulong)(price.GetDecimal() * PriceScale);
}
