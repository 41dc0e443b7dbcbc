using EnergyChain.Contracts;
using EnergyChain.Core.Primitives;
using EnergyChain.Dashboard.Explorer;

namespace EnergyChain.Dashboard.Tests;

/// <summary>Calls in words: the numbers as they lie there, beside them what they are.</summary>
internal sealed class CallReaderTests
{
    private const ulong Slot = 598_484_074;

    [Test]
    public void Order_tells_price_and_energy_with_units_and_links_its_slot()
    {
        byte[] data = EnergyMarketContract.PlaceOrder(Slot, 2, OrderKind.Buy, 1_775, 285_000_000_000_000_000ul);

        DecodedCall call = CallReader.Call(EnergyMarketContract.Address, data)!;

        Assert.That(call.Name, Is.EqualTo("placeOrder"));
        Assert.That(call.Fields, Is.EqualTo(new DecodedField[]
        {
            new("slot", "598484074") { Page = "/explorer/slot/598484074" },
            new("site", "2"),
            new("kind", "1"),
            new("energyWh", "1775") { Meaning = "1.78 kWh" },
            new("limitPricePerKwh", "285000000000000000") { Meaning = "0.285 ENC/kWh" },
        }));
    }

    [Test]
    public void Record_of_a_meter_is_told_line_by_line()
    {
        MeterRecord record = new(Slot, 1, 2_000, 3, 4, 5, 6, 7, 8, 9, Hash32.Zero);

        DecodedCall call = CallReader.Call(
            MeterRegistryContract.Address, MeterRegistryContract.SubmitRecord(record))!;

        Assert.That(call.Fields, Has.Count.EqualTo(11));
        Assert.That(
            call.Fields, Has.Member(new DecodedField("record.exportedWh", "2000") { Meaning = "2.00 kWh" }));
        Assert.That(
            call.Fields, Has.Member(new DecodedField("record.slot", $"{Slot}") { Page = $"/explorer/slot/{Slot}" }));
    }

    [Test]
    public void Call_that_is_cut_short_has_a_name_and_no_fields()
    {
        byte[] data = EnergyMarketContract.PlaceOrder(Slot, 2, OrderKind.Buy, 1_775, 1_000ul);

        DecodedCall call = CallReader.Call(EnergyMarketContract.Address, data.AsMemory(0, data.Length - 1))!;

        Assert.That(call.Fields, Is.Empty);
    }

    [Test]
    public void No_order_has_no_page() => Assert.That(FieldUnits.PageOf("buyOrderId", "0"), Is.Null);
}
