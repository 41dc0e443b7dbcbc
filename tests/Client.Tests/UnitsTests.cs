using EnergyChain.Client.Units;
using EnergyChain.Core.Numerics;

namespace EnergyChain.Client.Tests;

public sealed class UnitsTests
{
    [TestCase("0", "0")]
    [TestCase("1", "1000000000000000000")]
    [TestCase("1.25", "1250000000000000000")]
    [TestCase("0.000000000000000001", "1")]
    [TestCase("007.50", "7500000000000000000")]
    [TestCase("1.0000000000000000000000", "1000000000000000000")]
    [TestCase("115792089237316195423570985008687907853269984665640564039457.584007913129639935",
        "115792089237316195423570985008687907853269984665640564039457584007913129639935")]
    public void Coin_is_read_exactly(string text, string baseUnits)
    {
        Assert.That(CoinAmount.TryParse(text, out UInt256 amount), Is.True);
        Assert.That(amount.ToString(), Is.EqualTo(baseUnits));
    }

    [TestCase("")]
    [TestCase(".5")]
    [TestCase("5.")]
    [TestCase("1.2.3")]
    [TestCase("+1")]
    [TestCase("-1")]
    [TestCase("1e3")]
    [TestCase("1 000")]
    [TestCase("1,5")]
    [TestCase("٣")]
    [TestCase("0.0000000000000000001")]
    [TestCase("115792089237316195423570985008687907853269984665640564039457.584007913129639936")]
    public void Coin_that_is_none_is_refused(string text) =>
        Assert.That(CoinAmount.TryParse(text, out _), Is.False);

    [Test]
    public void Coin_round_trips_for_any_amount() => CsCheck.Check.Sample(
        CsCheck.Gen.Select(CsCheck.Gen.ULong, CsCheck.Gen.ULong, CsCheck.Gen.ULong),
        limbs =>
        {
            UInt256 amount = new(limbs.Item1, limbs.Item2, limbs.Item3);
            return CoinAmount.TryParse(CoinAmount.Format(amount), out UInt256 read) && read == amount;
        });

    [TestCase("1500", 1_500u)]
    [TestCase("1500Wh", 1_500u)]
    [TestCase("1.5kWh", 1_500u)]
    [TestCase("1.5 kwh", 1_500u)]
    [TestCase("0.001kWh", 1u)]
    [TestCase("1000MWh", 1_000_000_000u)]
    public void Energy_is_read_in_its_unit(string text, uint energyWh)
    {
        Assert.That(EnergyAmount.TryParse(text, out uint read), Is.True);
        Assert.That(read, Is.EqualTo(energyWh));
    }

    [TestCase("0")]
    [TestCase("0.5")]
    [TestCase("1.0005kWh")]
    [TestCase("1000.000001MWh")]
    [TestCase("1kW")]
    [TestCase("kWh")]
    public void Energy_that_is_none_is_refused(string text) =>
        Assert.That(EnergyAmount.TryParse(text, out _), Is.False);

    [TestCase(999ul, "999 Wh")]
    [TestCase(1_000ul, "1 kWh")]
    [TestCase(1_050ul, "1.05 kWh")]
    public void Energy_is_written_for_people(ulong energyWh, string text) =>
        Assert.That(EnergyAmount.Format(energyWh), Is.EqualTo(text));

    [TestCase("0.123456789012345", true)]
    [TestCase("0.1234567890123456", false)]
    [TestCase("1000000", true)]
    [TestCase("1000000.1", false)]
    public void Price_must_lie_on_the_step_and_in_the_bound(string text, bool sound) =>
        Assert.That(EnergyPrice.TryParse(text, out _), Is.EqualTo(sound));

    [TestCase("42", 42ul)]
    [TestCase("+0", 1_111ul)]
    [TestCase("+4", 1_115ul)]
    [TestCase("1970-01-12T13:46:40Z", 1_111ul)]
    [TestCase("1970-01-12T15:46:40+02:00", 1_111ul)]
    [TestCase("1970-01-12T13:46:40", 1_111ul)]
    public void Slot_is_read_as_number_distance_or_time(string text, ulong slot)
    {
        Assert.That(new SlotTime(900).TryParse(text, nowUnixSeconds: 1_000_000, out ulong read), Is.True);
        Assert.That(read, Is.EqualTo(slot));
    }

    [TestCase("")]
    [TestCase("+")]
    [TestCase("-1")]
    [TestCase("soon")]
    [TestCase("18446744073709551615")]
    [TestCase("1960-01-01T00:00Z")]
    public void Slot_that_is_none_is_refused(string text) =>
        Assert.That(new SlotTime(900).TryParse(text, 1_000_000, out _), Is.False);
}
