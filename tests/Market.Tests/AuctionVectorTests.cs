using System.Text.Json;
using EnergyChain.Market.Auction;

namespace EnergyChain.Market.Tests;

/// <summary>Books that other markets publish, with the volume and price that the rule must give.</summary>
public sealed class AuctionVectorTests
{
    // Prices of the vectors have at most one decimal; the scale keeps them whole and on the price step.
    private const decimal Scale = 10_000;

    [Test]
    public void Auction_gives_volume_and_price_of_the_published_books()
    {
        using JsonDocument cases = SharedData.Json("vectors/market/clearing.json");
        foreach (JsonElement book in cases.RootElement.EnumerateArray())
        {
            AuctionResult result = UniformPriceAuction.Clear(
                ReadSide(book.GetProperty("bids"), 0),
                ReadSide(book.GetProperty("offers"), 100));
            string? name = book.GetProperty("name").GetString();
            Assert.That(result.Volume.Value, Is.EqualTo(book.GetProperty("volume").GetUInt64()), name);
            Assert.That(result.Price, Is.EqualTo(Price(book.GetProperty("price"))), name);
        }
    }

    private static AuctionOrder[] ReadSide(JsonElement side, ulong firstId) =>
    [
        .. side.EnumerateArray().Select((order, k) =>
            new AuctionOrder(firstId + (ulong)k, new WattHours(order[0].GetUInt64()), Price(order[1]))),
    ];

    private static PricePerKwh Price(JsonElement price) => new((UInt128)(price.GetDecimal() * Scale));
}
