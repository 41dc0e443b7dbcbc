using EnergyChain.Devices.Meters;
using EnergyChain.Node.Site;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace EnergyChain.Node.Tests.Site;

[TestFixture]
internal sealed class MeterDutyTests
{
    [Test]
    public async Task A_slot_whose_reading_could_not_be_kept_stays_open_with_those_after_it()
    {
        string directory = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());
        await File.WriteAllTextAsync(directory, "a file where the archive wants its directory");
        using SiteFixture fixture = new();
        FakeTimeProvider time = new(DateTimeOffset.FromUnixTimeSeconds(1_000));

        // A site without devices moves nothing: its readings are complete.
        await using SiteReader reader = new(new SiteReaderOptions { SlotSeconds = 2 }, [], time);
        MeterDuty duty = new(
            fixture.Site,
            reader,
            new RecordQueue(fixture.Site, fixture.Sender, NullLogger<RecordQueue>.Instance),
            new ReadingsArchive(directory, time),
            new SlotHistory(),
            NullLogger<MeterDuty>.Instance);
        duty.Expect(7);
        duty.Expect(8);
        await duty.ReadAsync(CancellationToken.None);
        Assert.That(fixture.Offered, Is.Empty);
        Assert.That(duty.OpenSlots, Is.EqualTo(new[] { 7L, 8L }));

        File.Delete(directory);
        await duty.ReadAsync(CancellationToken.None);
        Directory.Delete(directory, recursive: true);
        Assert.That(fixture.Offered, Is.EqualTo(new[] { 7UL, 8UL }));
        Assert.That(duty.OpenSlots, Is.Empty);
    }
}
