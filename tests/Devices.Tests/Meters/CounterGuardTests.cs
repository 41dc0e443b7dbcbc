using CsCheck;
using EnergyChain.Devices.Meters;

namespace EnergyChain.Devices.Tests.Meters;

[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class CounterGuardTests
{
    private const long HourMs = 3_600_000;
    private const long Modulus = (1L << 32) * 1000;

    private readonly CounterGuard _guard = new(Options());

    [Test]
    public void Counting_starts_at_the_first_reading()
    {
        Assert.That(Offer(5_000, 0), Is.EqualTo(CounterVerdict.First));
        Assert.That(Offer(6_000, 1), Is.EqualTo(CounterVerdict.Accepted));
        Assert.That(TotalWh(), Is.EqualTo(6_000));
    }

    [Test]
    public void Fall_is_not_a_new_base_before_it_is_confirmed()
    {
        Offer(100_000, 0);
        for (int i = 1; i <= 3; i++)
        {
            Assert.That(Offer(i, 1), Is.EqualTo(CounterVerdict.SuspectedReset));
            Assert.That(_guard.State!.Value.Epoch, Is.Zero);
        }

        Assert.That(Offer(4, 1), Is.EqualTo(CounterVerdict.Rebased));
        Assert.That(Offer(1_004, 2), Is.EqualTo(CounterVerdict.Accepted));
        Assert.That(TotalWh(), Is.EqualTo(101_000), "the gap counts nothing, what follows counts");
        Assert.That(_guard.State!.Value.Epoch, Is.EqualTo(1));
    }

    [Test]
    public void Glitch_that_goes_away_changes_nothing()
    {
        Offer(100_000, 0);
        Offer(0, 1);
        Offer(0, 1);
        Assert.That(Offer(101_000, 1), Is.EqualTo(CounterVerdict.Accepted));
        Assert.That(Offer(0, 2), Is.EqualTo(CounterVerdict.SuspectedReset), "earlier suspicions are forgotten");
        Assert.That(TotalWh(), Is.EqualTo(101_000));
    }

    [Test]
    public void Readings_that_do_not_agree_with_each_other_confirm_nothing()
    {
        Offer(100_000, 0);
        for (int i = 0; i < 20; i++)
        {
            CounterVerdict verdict = Offer(i % 2 == 0 ? 10 : 70_000, 0);
            Assert.That(verdict, Is.EqualTo(CounterVerdict.SuspectedReset));
        }
    }

    [TestCase(10_001, CounterVerdict.Accepted)]
    [TestCase(10_002, CounterVerdict.SuspectedJump)]
    public void Step_over_rated_power_x_time_is_refused(long stepWh, CounterVerdict expected)
    {
        Offer(50_000, 0);
        Assert.That(Offer(50_000 + stepWh, 1), Is.EqualTo(expected), "10 kW in an hour, and 1 Wh of resolution");
    }

    [Test]
    public void Jump_is_never_counted_also_when_time_would_have_made_it_plausible()
    {
        Offer(50_000, 0);
        for (int i = 0; i < 4; i++)
        {
            Offer(1_050_000, 1);
        }

        Offer(1_050_000, 200);
        Assert.That(TotalWh(), Is.EqualTo(50_000));
    }

    [Test]
    public void Rollover_of_an_acc32_is_followed()
    {
        const long last = (1L << 32) - 500;
        Offer(last, 0);
        Assert.That(Offer(500, 1), Is.EqualTo(CounterVerdict.Accepted));
        Assert.That(TotalWh(), Is.EqualTo(last + 1000));
    }

    [Test]
    public void Compressed_slot_allows_the_energy_of_the_time_it_stands_for()
    {
        CounterGuard guard = new(new CounterGuardOptions
        {
            RatedPowerW = 10_000,
            SlotSeconds = 2,
            EnergySecondsPerSlot = 3600,
        });
        guard.Offer(Pair(0), 0, 0);
        Assert.That(guard.Offer(Pair(10_000), 2000, 0), Is.EqualTo(CounterVerdict.Accepted));
        Assert.That(guard.Offer(Pair(20_002), 4000, 0), Is.EqualTo(CounterVerdict.SuspectedJump));
    }

    [Test]
    public void Restored_guard_notices_a_reset_during_its_absence()
    {
        Offer(100_000, 0);
        CounterGuard restored = new(Options(), _guard.State);
        Assert.That(restored.Offer(Pair(10), HourMs, 0), Is.EqualTo(CounterVerdict.SuspectedReset));
    }

    [Test]
    public void Totals_never_fall_and_never_grow_faster_than_rated_power_whatever_comes()
    {
        Gen<(long, long)> reading = Gen.Select(Gen.Long[0, 200_000], Gen.Long[0, 2 * HourMs]);
        reading.Array[1, 60].Sample(readings =>
        {
            CounterGuard guard = new(Options());
            guard.Offer(Pair(100_000), 0, 0);
            long timeMs = 0;
            long previous = guard.State!.Value.TotalOutMilliWh;
            foreach ((long wh, long stepMs) in readings)
            {
                timeMs += stepMs;
                guard.Offer(Pair(wh), timeMs, 0);
                long total = guard.State!.Value.TotalOutMilliWh;
                if (total < previous)
                {
                    return false;
                }

                previous = total;
            }

            // 10 kW is 10 Wh in 3.6 s; each accepted step may add its resolution.
            return previous - 100_000_000 <= (10_000 * timeMs / 3600) + (1000L * readings.Length);
        });
    }

    [Test]
    public void Values_that_stand_still_while_power_flows_are_stale()
    {
        StaleDetector detector = new(Options(), TimeSpan.FromMinutes(1));
        Assert.That(detector.Offer(Pair(7), 1000, 0), Is.False);
        Assert.That(detector.Offer(Pair(7), 1000, 36_000), Is.False, "10 Wh promised, the shortest time not over");
        Assert.That(detector.Offer(Pair(7), 1000, 72_000), Is.True);
        Assert.That(detector.Offer(Pair(8), 1000, 73_000), Is.False);
    }

    [Test]
    public void Values_that_stand_still_without_power_are_not_stale()
    {
        StaleDetector detector = new(Options(), TimeSpan.FromMinutes(1));
        for (int hour = 0; hour < 12; hour++)
        {
            Assert.That(detector.Offer(Pair(7), 0, hour * HourMs), Is.False, "an inverter at night");
        }
    }

    private static CounterGuardOptions Options() =>
        new() { RatedPowerW = 10_000, SlotSeconds = 900, EnergySecondsPerSlot = 900 };

    private static CounterPair Pair(long wh) => new(EnergyCounter.Unused, new EnergyCounter(wh * 1000, Modulus, 1000));

    private CounterVerdict Offer(long wh, long hour) => _guard.Offer(Pair(wh), hour * HourMs, 0);

    private long TotalWh() => _guard.State!.Value.TotalOutMilliWh / 1000;
}
