using System.Text.Json;
using CsCheck;
using EnergyChain.Market.Settlement;

namespace EnergyChain.Market.Tests;

public sealed class ProRataTests
{
    [Test]
    public void Shares_are_those_of_the_published_cases()
    {
        using JsonDocument cases = SharedData.Json("vectors/market/settlement.json");
        foreach (JsonElement entry in cases.RootElement.EnumerateArray())
        {
            WattHours[] sold = Energies(entry.GetProperty("sold"));
            WattHours total = sold.Aggregate(WattHours.Zero, (sum, energy) => sum + energy);
            WattHours export = new(entry.GetProperty("export").GetUInt64());
            Assert.That(
                ProRata.Share(sold, WattHours.Min(total, export)),
                Is.EqualTo(Energies(entry.GetProperty("delivered"))),
                entry.GetProperty("name").GetString());
        }
    }

    [Test]
    public void Parts_add_up_and_stay_within_a_watt_hour_of_the_exact_share()
    {
        Gen.Select(Gen.ULong[0, 50].Array[1, 6], Gen.ULong[0, 400]).Sample((energies, export) =>
        {
            ulong total = energies.Aggregate(0UL, (sum, energy) => sum + energy);
            ulong delivered = Math.Min(total, export);
            IReadOnlyList<WattHours> parts =
                ProRata.Share([.. energies.Select(energy => new WattHours(energy))], new WattHours(delivered));
            Assert.That(parts.Aggregate(0UL, (sum, part) => sum + part.Value), Is.EqualTo(delivered));
            for (int k = 0; k < energies.Length; k++)
            {
                Assert.That(parts[k].Value, Is.LessThanOrEqualTo(energies[k]));
                Int128 distance = ((Int128)parts[k].Value * total) - ((Int128)energies[k] * delivered);
                Assert.That(Int128.Abs(distance) < Math.Max(total, 1), Is.True);
            }
        });
    }

    [Test]
    public void More_than_was_sold_cannot_be_shared() =>
        Assert.That(
            () => ProRata.Share([new WattHours(1)], new WattHours(2)),
            Throws.InstanceOf<ArgumentOutOfRangeException>());

    private static WattHours[] Energies(JsonElement list) =>
        [.. list.EnumerateArray().Select(energy => new WattHours(energy.GetUInt64()))];
}
