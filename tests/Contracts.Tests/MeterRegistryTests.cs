using EnergyChain.Contracts.Events;
using EnergyChain.Contracts.Genesis;
using EnergyChain.Contracts.Tests.Chain;
using EnergyChain.Contracts.Views;
using EnergyChain.Core.Numerics;
using EnergyChain.Core.Primitives;

namespace EnergyChain.Contracts.Tests;

/// <summary>The registry contract by hand: one rule a test. Slot 100 ends at 1010.</summary>
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class MeterRegistryTests
{
    private const ulong Slot = 100;
    private const uint SolarSite = 2;

    private readonly TestChain _chain = Community.Start();

    [SetUp]
    public void EndTheSlot() => _chain.Now = 1010;

    [Test]
    public void Parameters_are_those_of_genesis()
    {
        RegistryParameters parameters = AskRegistry(MeterRegistryContract.Parameters());
        Assert.That(parameters.SlotSeconds, Is.EqualTo(Community.SlotSeconds));
        Assert.That(parameters.EnergySlotSeconds, Is.EqualTo(3600));
        Assert.That(parameters.ReportWindowSeconds, Is.EqualTo(Community.ReportWindowSeconds));
        Assert.That(parameters.Operator, Is.EqualTo(Community.Operator));
        Assert.That(parameters.Market, Is.EqualTo(EnergyMarketContract.Address));
        Assert.That(parameters.Certificate, Is.EqualTo(GreenCertificateContract.Address));
        Assert.That(parameters.RewardPerKwh, Is.EqualTo(Community.Price(8)));
        Assert.That(
            parameters.HalvingThresholdsWh,
            Is.EqualTo(new ulong[] { 10_000, 30_000, 0, 0, 0, 0, 0, 0 }));
    }

    [Test]
    public void Device_of_genesis_is_as_good_as_one_registered()
    {
        Address device = Address.FromNumber(0xD1);
        _chain.ToRegistry(Community.Operator, MeterRegistryContract.RegisterSite(77, Community.Stranger)).Succeeds();
        byte[] register =
            MeterRegistryContract.RegisterDevice(device, 77, Community.RatedPowerW, EnergySource.Solar);
        _chain.ToRegistry(Community.Operator, register).Succeeds();
        RegisteredDevice registered = AskRegistry(MeterRegistryContract.DeviceOf(device));
        RegisteredDevice genesis = AskRegistry(MeterRegistryContract.DeviceOf(Community.Meter(SolarSite)));
        Assert.That(registered with { Site = SolarSite }, Is.EqualTo(genesis));
        Assert.That(AskRegistry(MeterRegistryContract.SiteAccount(77)), Is.EqualTo(Community.Stranger));
    }

    [Test]
    public void Record_is_kept_as_an_event_and_earns_coin_and_certificates()
    {
        MeterRecord record = Community.Record(Slot, 1, exported: 400, produced: 1500);
        CallResult result = Submit(SolarSite, record).Succeeds();
        Assert.That(
            result.RegistryEvents.First(),
            Is.EqualTo(new RegistryEvent.RecordAccepted(Slot, Community.Meter(SolarSite), SolarSite, record, false)));
        Assert.That(
            result.RegistryEvents.Last(),
            Is.EqualTo(new RegistryEvent.RewardPaid(Slot, Community.Account(SolarSite), SolarSite, 1500, 12_000UL)));
        UInt256 id = GreenCertificateContract.CertificateId(Slot, EnergySource.Solar);
        Assert.That(
            result.CertificateEvents.Single(),
            Is.EqualTo(new CertificateEvent.TransferSingle(
                MeterRegistryContract.Address,
                Address.Zero,
                Community.Account(SolarSite),
                id,
                1500UL)));
        Assert.That(_chain.State.BalanceOf(Community.Account(SolarSite)), Is.EqualTo(Community.Wealth + 12_000UL));
    }

    [Test]
    public void Production_of_nothing_renewable_earns_nothing()
    {
        CallResult result = Submit(1, Community.Record(Slot, 1, produced: 1500)).Succeeds();
        Assert.That(result.RegistryEvents.OfType<RegistryEvent.RewardPaid>(), Is.Empty);
        Assert.That(result.CertificateEvents, Is.Empty);
    }

    [Test]
    public void Reward_halves_and_ends_with_the_reserve()
    {
        // 8 a Wh up to 10 kWh, 4 up to 30 kWh, then 2: 80,000 + 80,000, and a reserve of 300,000 lasts for 70 kWh more.
        UInt256 paid = UInt256.Zero;
        for (ulong k = 0; k < 30; k++)
        {
            _chain.Now = 1010 + (k * Community.SlotSeconds);
            CallResult result = Submit(SolarSite, Community.Record(Slot + k, k + 1, produced: 5000)).Succeeds();
            paid += result.RegistryEvents.OfType<RegistryEvent.RewardPaid>().Single().Amount;
        }

        Assert.That(paid, Is.EqualTo((UInt256)300_000UL));
        Assert.That(AskRegistry(MeterRegistryContract.Reserve()), Is.EqualTo(UInt256.Zero));
        Assert.That(AskRegistry(MeterRegistryContract.RewardedWh()), Is.EqualTo((UInt256)150_000UL));
    }

    [Test]
    public void Unknown_device_is_refused() => Assert.That(
        _chain.ToRegistry(
            Community.Stranger,
            MeterRegistryContract.SubmitRecord(Community.Record(Slot, 1))).Reason,
        Is.EqualTo($"UnknownDevice(device: {Community.Stranger})"));

    [Test]
    public void Revoked_device_is_refused()
    {
        _chain.ToRegistry(Community.Operator, MeterRegistryContract.RevokeDevice(Community.Meter(1))).Succeeds();
        Assert.That(Submit(1, Community.Record(Slot, 1)).Error, Is.EqualTo("RevokedDevice"));
    }

    [Test]
    public void Record_of_a_slot_that_has_not_ended_is_refused()
    {
        _chain.Now = 1009;
        Assert.That(
            Submit(1, Community.Record(Slot, 1)).Reason,
            Is.EqualTo("SlotNotEnded(slot: 100, slotEnd: 1010, timeNow: 1009)"));
    }

    [Test]
    public void Second_record_of_a_slot_is_refused()
    {
        Submit(1, Community.Record(Slot, 1)).Succeeds();
        Assert.That(Submit(1, Community.Record(Slot, 2)).Error, Is.EqualTo("DuplicateRecord"));
    }

    [Test]
    public void Counter_that_runs_backwards_is_refused_until_the_operator_accepts_a_reset()
    {
        Submit(1, Community.Record(Slot, 5)).Succeeds();
        _chain.Now += Community.SlotSeconds;
        MeterRecord reset = Community.Record(Slot + 1, 6) with { ExportCounterWh = 3 };
        Assert.That(
            Submit(1, reset).Reason,
            Is.EqualTo("CounterBelowLast(counter: 1, value: 3, lastValue: 25000)"));
        _chain.ToRegistry(Community.Operator, MeterRegistryContract.AcceptCounterReset(Community.Meter(1))).Succeeds();
        Submit(1, reset).Succeeds();
    }

    [Test]
    public void Counter_reset_does_not_open_a_reported_slot_again()
    {
        Submit(1, Community.Record(Slot, 5)).Succeeds();
        _chain.ToRegistry(Community.Operator, MeterRegistryContract.AcceptCounterReset(Community.Meter(1))).Succeeds();
        Assert.That(Submit(1, Community.Record(Slot, 6)).Error, Is.EqualTo("DuplicateRecord"));
    }

    [Test]
    public void Energy_that_the_counters_do_not_show_is_refused()
    {
        Submit(1, Community.Record(Slot, 1)).Succeeds();
        _chain.Now += Community.SlotSeconds;
        MeterRecord record = Community.Record(Slot + 1, 2, exported: 11) with { ExportCounterWh = 5010 };
        Assert.That(
            Submit(1, record).Reason,
            Is.EqualTo("EnergyAboveCounter(counter: 1, energyWh: 11, counterStepWh: 10)"));
    }

    [TestCase(5001UL, 0UL)]
    [TestCase(0UL, 5001UL)]
    public void Energy_above_rated_power_times_slot_is_refused(ulong exported, ulong produced) => Assert.That(
        Submit(1, Community.Record(Slot, 1, exported, produced)).Reason,
        Is.EqualTo("EnergyAboveRatedPower(energyWh: 5001, maximumWh: 5000)"));

    [Test]
    public void Sequence_must_rise()
    {
        Submit(1, Community.Record(Slot, 1)).Succeeds();
        _chain.Now += Community.SlotSeconds;
        Assert.That(Submit(1, Community.Record(Slot + 1, 1)).Error, Is.EqualTo("SequenceNotAbove"));
    }

    private static IEnumerable<TestCaseData> OperatorOnly =>
    [
        new TestCaseData(MeterRegistryContract.RegisterSite(9, Community.Stranger)).SetArgDisplayNames("site"),
        new TestCaseData(MeterRegistryContract.RevokeDevice(Community.Meter(1))).SetArgDisplayNames("revoke"),
        new TestCaseData(MeterRegistryContract.AcceptCounterReset(Community.Meter(1))).SetArgDisplayNames("reset"),
        new TestCaseData(MeterRegistryContract.RegisterDevice(Community.Stranger, 1, 1, EnergySource.None))
            .SetArgDisplayNames("device"),
    ];

    [TestCaseSource(nameof(OperatorOnly))]
    public void Only_the_operator_governs(byte[] call) =>
        Assert.That(_chain.ToRegistry(Community.Stranger, call).Error, Is.EqualTo("NotOperator"));

    private static IEnumerable<TestCaseData> Mistakes =>
    [
        new TestCaseData(MeterRegistryContract.RegisterSite(0, Community.Stranger), "InvalidSite"),
        new TestCaseData(MeterRegistryContract.RegisterSite(1, Community.Stranger), "SiteAlreadyRegistered"),
        new TestCaseData(MeterRegistryContract.RegisterSite(9, Address.Zero), "InvalidAccount"),
        new TestCaseData(
            MeterRegistryContract.RegisterDevice(Community.Stranger, 9, 1, EnergySource.None),
            "UnknownSite"),
        new TestCaseData(
            MeterRegistryContract.RegisterDevice(Community.Stranger, 1, 0, EnergySource.None),
            "InvalidRatedPower"),
        new TestCaseData(
            MeterRegistryContract.RegisterDevice(Community.Stranger, 1, 1, (EnergySource)4),
            "InvalidSource"),
        new TestCaseData(
            MeterRegistryContract.RegisterDevice(Community.Meter(1), 1, 1, EnergySource.None),
            "DeviceAlreadyRegistered"),
    ];

    [TestCaseSource(nameof(Mistakes))]
    public void Mistakes_of_the_operator_are_told(byte[] call, string error) =>
        Assert.That(_chain.ToRegistry(Community.Operator, call).Error, Is.EqualTo(error));

    [Test]
    public void Genesis_names_the_parameter_that_is_wrong()
    {
        GenesisContractParameters parameters = Community.Parameters() with { GridFeePerKwh = 1001 };
        Assert.That(
            () => GenesisContracts.Create(parameters),
            Throws.ArgumentException.With.Message.StartsWith(
                "GridFeePerKwh is 1001; allowed: a multiple of 1000, at most 10^24."));
    }

    private CallResult Submit(uint site, MeterRecord record) =>
        _chain.ToRegistry(Community.Meter(site), MeterRegistryContract.SubmitRecord(record));

    private T AskRegistry<T>(ContractQuery<T> query) => _chain.Ask(query, MeterRegistryContract.Address);
}
