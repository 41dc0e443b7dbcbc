using CsCheck;
using EnergyChain.Devices.Simulation;

namespace EnergyChain.Devices.Tests.Simulation;

public sealed class BatteryTests
{
    private static readonly SiteRating Plant = new(4000, 6400, 5000, 900);

    [Test]
    public void Charge_loses_its_share_and_discharge_gives_all_that_is_stored()
    {
        Battery battery = new(Plant, 3600, 0);
        Assert.That(battery.Move(-1001), Is.EqualTo(new BatteryStep(1001, 0)));
        Assert.That(battery.StoredMilliWh, Is.EqualTo(900_900));
        Assert.That(battery.Move(5000), Is.EqualTo(new BatteryStep(0, 900)));
        Assert.That(battery.StoredMilliWh, Is.EqualTo(900), "the remainder stays");
    }

    [Test]
    public void Power_limits_a_slot_by_the_time_it_stands_for()
    {
        Battery battery = new(Plant, 900, 500);
        Assert.That(battery.Move(5000).DischargeWh, Is.EqualTo(1250));
    }

    [Test]
    public void Site_without_a_battery_moves_nothing()
    {
        Battery battery = new(new SiteRating(4000, 0, 0, 0), 3600, 0);
        Assert.That(battery.Move(100), Is.Default);
        Assert.That(battery.Move(-100), Is.Default);
    }

    [Test]
    public void Content_stays_in_bounds_and_no_energy_appears()
    {
        Gen.Select(Gen.Int[0, 1000], Gen.Int[1, 1000], Gen.Long[-9000, 9000].Array[1, 200]).Sample(
            (charge, efficiency, wishes) =>
            {
                SiteRating plant = Plant with { RoundTripPermille = efficiency };
                Battery battery = new(plant, 3600, charge);
                long start = battery.StoredMilliWh;
                long charged = 0;
                long discharged = 0;
                foreach (long wish in wishes)
                {
                    BatteryStep step = battery.Move(wish);
                    charged += step.ChargeWh;
                    discharged += step.DischargeWh;
                    bool isBounded = battery.StoredMilliWh is >= 0 and <= 6_400_000
                        && step is { ChargeWh: >= 0 and <= 5000, DischargeWh: >= 0 and <= 5000 };
                    if (!isBounded)
                    {
                        return false;
                    }
                }

                return battery.StoredMilliWh - start == (charged * efficiency) - (discharged * 1000);
            });
    }

    [Test]
    public void Real_homes_balance_in_every_hour_of_the_year()
    {
        CommunityData data = CommunityData.Load(SharedData.Homes());
        foreach (CsvSiteProfile profile in data.Homes)
        {
            Battery battery = new(profile.Rating, 3600, 0);
            SimulatedHome home = new(profile, 100, 0, battery, 1);
            long stored = 0;
            for (int row = 0; row < profile.RowCount; row++)
            {
                SlotFlows flows = home.At(100 + row).Flows;
                Check(profile, flows, profile.At(row), stored);
                stored = flows.StoredMilliWh;
            }
        }
    }

    [Test]
    public void Built_in_homes_balance_and_are_the_same_for_a_seed()
    {
        PhysicalSiteProfile profile = new(7, 3);
        PhysicalSiteProfile twin = new(7, 3);
        SimulatedHome home = new(profile, 100, 0, new Battery(profile.Rating, 3600, 0), 1);
        long stored = 0;
        long summer = 0;
        long winter = 0;
        for (int row = 0; row < 8760; row++)
        {
            SlotFlows flows = home.At(100 + row).Flows;
            Check(profile, flows, twin.At(row), stored);
            stored = flows.StoredMilliWh;
            summer += row / 24 is >= 150 and < 190 ? flows.PhotovoltaicWh : 0;
            winter += row / 24 is < 20 or >= 345 ? flows.PhotovoltaicWh : 0;
            Assert.That(row % 24 is > 4 and < 21 || flows.PhotovoltaicWh == 0, Is.True, "no sun at night");
        }

        Assert.That(summer, Is.GreaterThan(winter));
        Assert.That(new PhysicalSiteProfile(8, 3).At(19), Is.Not.EqualTo(profile.At(19)));
    }

    private static void Check(ISiteProfile profile, SlotFlows flows, SlotEnergy energy, long storedBefore)
    {
        long sources = flows.PhotovoltaicWh + flows.ImportWh + flows.DischargeWh;
        long uses = flows.LoadWh + flows.ExportWh + flows.ChargeWh;
        long change = (flows.ChargeWh * profile.Rating.RoundTripPermille) - (flows.DischargeWh * 1000);
        bool isFromProfile = flows.LoadWh == energy.LoadWh && flows.PhotovoltaicWh == energy.PhotovoltaicWh;
        bool isBounded = flows.StoredMilliWh >= 0 && flows.StoredWh <= profile.Rating.StorageCapacityWh;
        bool isOneWay = (flows.ImportWh == 0 || flows.ExportWh == 0) && (flows.ChargeWh == 0 || flows.DischargeWh == 0);
        bool isBalanced = sources == uses && flows.StoredMilliWh - storedBefore == change;
        if (!isBalanced || !isFromProfile || !isBounded || !isOneWay)
        {
            Assert.Fail($"{profile.Name}: {flows} from {energy}");
        }
    }
}
