using EnergyChain.Contracts.Events;
using EnergyChain.Contracts.Tests.Chain;
using EnergyChain.Core.Numerics;
using EnergyChain.Core.Primitives;

namespace EnergyChain.Contracts.Tests;

/// <summary>The fullest slot there can be, with the most hostile accounts, is cleared and settled within gas.</summary>
public sealed class GasLimitTests
{
    private const uint Sites = 64;
    private const ulong Slot = 110;

    [TestCase(false)]
    [TestCase(true)]
    public void Fullest_slot_is_cleared_and_settled_in_one_transaction(bool isHostile)
    {
        TestChain chain = Community.Start(Sites);
        if (isHostile)
        {
            for (uint site = 1; site <= Sites; site++)
            {
                chain.State.Put(Community.Account(site), Community.Wealth, [0xFE]);
            }
        }

        TradeDirectly(chain);
        FillTheBook(chain);
        chain.Now = 1110;
        for (uint site = 1; site <= Sites; site++)
        {
            MeterRecord record = Community.Record(Slot, 1, exported: 1000 + site, produced: 1000 + site);
            chain.ToRegistry(Community.Meter(site), MeterRegistryContract.SubmitRecord(record)).Succeeds();
        }

        chain.Now = 1122;
        CallResult settled = chain.ToMarket(Community.Stranger, EnergyMarketContract.Settle(Slot)).Succeeds();
        TestContext.Out.WriteLine($"settle used {settled.GasUsed} gas");
        Assert.That(settled.GasUsed, Is.LessThan(TestChain.TransactionGas));
        Assert.That(
            settled.MarketEvents.OfType<MarketEvent.SlotSettled>().Single().Sums.Trades,
            Is.EqualTo(MarketLimits.MaxDirectTradesPerSlot + MarketLimits.MaxOrdersPerSlot - 1));
        Assert.That(chain.Ask(EnergyMarketContract.EscrowHeld()).IsZero, Is.True);
        Assert.That(chain.Ask(EnergyMarketContract.CollateralHeld()).IsZero, Is.True);
    }

    [Test]
    public void Limits_of_the_bindings_are_those_of_the_code()
    {
        (string, ulong)[] expected =
        [
            ("MAX_ORDERS_PER_SLOT", MarketLimits.MaxOrdersPerSlot),
            ("MAX_ORDERS_PER_SITE", MarketLimits.MaxOrdersPerSite),
            ("MAX_DIRECT_TRADES_PER_SLOT", MarketLimits.MaxDirectTradesPerSlot),
            ("MAX_DIRECT_TRADES_PER_SITE", MarketLimits.MaxDirectTradesPerSite),
            ("MAX_SLOTS_AHEAD", MarketLimits.MaxSlotsAhead),
            ("MAX_ENERGY_WH", MarketLimits.MaxEnergyWh),
            ("PRICE_STEP", MarketLimits.PriceStep),
        ];
        TestChain chain = Community.Start();
        foreach ((string name, ulong value) in expected)
        {
            CallResult result = chain.ToMarket(
                Community.Stranger,
                EnergyMarketContract.Artifact.Abi.Function(name).EncodeCall()).Succeeds();
            Assert.That((ulong)UInt256.FromBigEndian(result.ReturnData), Is.EqualTo(value), name);
        }
    }

    [Test]
    public void Full_book_and_full_site_are_refused()
    {
        TestChain chain = Community.Start(Sites);
        FillTheBook(chain);
        Assert.That(PlaceBuy(chain, Sites, 1).Error, Is.EqualTo("BookFull"));

        TestChain other = Community.Start(Sites);
        for (int k = 0; k < MarketLimits.MaxOrdersPerSite; k++)
        {
            PlaceBuy(other, 1, 1).Succeeds();
        }

        Assert.That(PlaceBuy(other, 1, 1).Error, Is.EqualTo("SiteBookFull"));
    }

    /// <summary>Bids of 2 Wh over asks shifted by one: every order but one meets two others.</summary>
    private static void FillTheBook(TestChain chain)
    {
        int orders = 0;
        for (uint site = 1; orders < MarketLimits.MaxOrdersPerSlot; site++)
        {
            for (int k = 0; k < MarketLimits.MaxOrdersPerSite && orders < MarketLimits.MaxOrdersPerSlot; k++)
            {
                if (orders % 2 == 0)
                {
                    PlaceBuy(chain, site, 20).Succeeds();
                }
                else
                {
                    uint energyWh = orders == 1 ? 10U : 20U;
                    chain.ToMarket(
                        Community.Account(site),
                        EnergyMarketContract.PlaceOrder(
                            Slot,
                            site,
                            OrderKind.Sell,
                            energyWh,
                            Community.Price(100)),
                        energyWh * 100UL).Succeeds();
                }

                orders++;
            }
        }
    }

    private static void TradeDirectly(TestChain chain)
    {
        Address seller = Community.Account(Sites);
        const uint offered = 512;
        byte[] offer = EnergyMarketContract.Offer(Slot, Sites, offered, Community.Price(100));
        ulong id = chain.ToMarket(seller, offer, offered * 100UL).Succeeds().Id;
        for (int k = 0; k < MarketLimits.MaxDirectTradesPerSlot; k++)
        {
            uint site = 33 + (uint)(k / MarketLimits.MaxDirectTradesPerSite);
            chain.ToMarket(
                Community.Account(site),
                EnergyMarketContract.AcceptOffer(id, site, 2),
                2 * 120UL).Succeeds();
        }
    }

    private static CallResult PlaceBuy(TestChain chain, uint site, uint energyWh) => chain.ToMarket(
        Community.Account(site),
        EnergyMarketContract.PlaceOrder(Slot, site, OrderKind.Buy, energyWh, Community.Price(200)),
        energyWh * 220UL);
}
