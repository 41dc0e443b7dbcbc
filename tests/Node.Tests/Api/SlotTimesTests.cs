using EnergyChain.Core.Chain;
using EnergyChain.Core.Primitives;
using EnergyChain.Node.Api;
using Proto = EnergyChain.Protocol.V1;

namespace EnergyChain.Node.Tests.Api;

public sealed class SlotTimesTests
{
    [Test]
    public void First_record_of_a_slot_is_at_its_end()
    {
        using MarketChain market = new();
        ulong endSeconds = (market.Slot + 1) * market.Parameters.SlotSeconds;
        Assert.That(SlotTimes.FirstRecordMs(market.Chain, market.Slot), Is.EqualTo(endSeconds * 1_000));
        Assert.That(SlotTimes.FirstRecordMs(market.Chain, ulong.MaxValue), Is.EqualTo(ulong.MaxValue));
        Assert.That(SlotTimes.FirstRecordMs(new FakeChain(), market.Slot), Is.Zero);
    }

    [Test]
    public async Task ListReadings_from_a_slot_does_not_walk_what_is_older()
    {
        const int scannedForOnePage = 5_000;
        string folder = Directory.CreateTempSubdirectory("readings").FullName;
        await using (ApiHost host = await ApiHost.StartAsync(indexPath: Path.Combine(folder, "index")))
        {
            using MarketChain market = new();
            host.Chain.OnCall = market.Chain.Call;
            Transaction transaction = TestKeys.Transfer(1, 2, 0);
            LogEntry[] logs = [.. Enumerable.Repeat(
                TestEvents.Record(5, TestKeys.Of(23).Address, 1, 400), scannedForOnePage + 10)];
            host.Chain.Append((
                transaction,
                new Receipt(transaction.Id, true, new Gas(21_000), null, logs, ReadOnlyMemory<byte>.Empty)));
            Proto.HistoryService.HistoryServiceClient client = new(host.Channel);
            using CancellationTokenSource patience = new(TimeSpan.FromSeconds(20));
            while ((await client.GetIndexStatusAsync(new())).IndexedHeight == 0)
            {
                patience.Token.ThrowIfCancellationRequested();
                await Task.Yield();
            }

            Proto.ListReadingsResponse later = await client.ListReadingsAsync(
                new() { Site = 1, FromSlot = 1_000_000_000_000 });
            Assert.That(later.Readings, Is.Empty);
            Assert.That(later.NextPageToken, Is.Empty);
            Assert.That((await client.ListReadingsAsync(new() { Site = 1 })).Readings, Is.Not.Empty);
        }

        Directory.Delete(folder, recursive: true);
    }
}
