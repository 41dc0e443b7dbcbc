using EnergyChain.Core.Primitives;
using EnergyChain.Devices.Meters;
using EnergyChain.Node.Site;
using EnergyChain.Node.Storage;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace EnergyChain.Node.Tests.Site;

[TestFixture]
internal sealed class MeterDutyTests
{
    [Test]
    public async Task A_slot_whose_reading_could_not_be_kept_stays_open_with_those_after_it()
    {
        string root = Directory.CreateTempSubdirectory("energychain-meter-").FullName;
        string blocked = Path.Combine(root, "readings");
        await File.WriteAllTextAsync(blocked, "a file where the archive wants its directory");
        using SiteFixture fixture = new();
        FakeTimeProvider time = new(DateTimeOffset.FromUnixTimeSeconds(1_000));

        using DataDirectory directory = DataDirectory.Open(root, Hash32.Zero);
        using ReadingsArchive archive =
            new(directory, fixture.Site.Options, time, NullLogger<ReadingsArchive>.Instance);

        // A site without devices moves nothing: its readings are complete.
        await using SiteReader reader = new(new SiteReaderOptions { SlotSeconds = 2 }, [], time);
        RecordJournal journal = new(time);
        MeterDuty duty = new(
            fixture.Site,
            reader,
            new RecordQueue(fixture.Site, fixture.Sender, journal, NullLogger<RecordQueue>.Instance),
            archive,
            new SlotHistory(),
            journal,
            NullLogger<MeterDuty>.Instance);
        duty.Expect(7);
        duty.Expect(8);
        await duty.ReadAsync(CancellationToken.None);
        Assert.That(fixture.Offered, Is.Empty);
        Assert.That(duty.OpenSlots, Is.EqualTo(new[] { 7L, 8L }));

        File.Delete(blocked);
        await duty.ReadAsync(CancellationToken.None);
        Directory.Delete(root, recursive: true);
        Assert.That(fixture.Offered, Is.EqualTo(new[] { 7UL, 8UL }));
        Assert.That(duty.OpenSlots, Is.Empty);
    }
}
