using EnergyChain.Core;
using EnergyChain.Core.Primitives;
using EnergyChain.Node.Network;
using EnergyChain.Node.Network.Gossip;
using EnergyChain.Node.Network.Links;
using EnergyChain.Node.Network.Wire;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace EnergyChain.Node.Tests.Network;

public sealed class QueueTests
{
    [Test]
    public async Task Queue_sends_urgent_frames_first()
    {
        OutgoingQueue queue = Make();
        queue.TryAdd(Numbered(1), isUrgent: false);
        queue.TryAdd(Numbered(2), isUrgent: true);

        Assert.That(await TakeAsync(queue), Is.EqualTo(2));
        Assert.That(await TakeAsync(queue), Is.EqualTo(1));
    }

    [Test]
    public async Task Full_urgent_lane_drops_the_oldest_and_counts()
    {
        OutgoingQueue queue = Make();
        Assert.That(Enumerable.Range(1, 5).Select(i => queue.TryAdd(Numbered((ulong)i), isUrgent: true)), Is.All.True);

        Assert.That(queue.Dropped, Is.EqualTo(2));
        Assert.That(await TakeAsync(queue), Is.EqualTo(3));
    }

    [Test]
    public async Task Full_bulk_lane_drops_the_newest_and_counts()
    {
        OutgoingQueue queue = Make();
        Assert.That(
            Enumerable.Range(1, 5).Select(i => queue.TryAdd(Numbered((ulong)i), isUrgent: false)),
            Is.EqualTo(new[] { true, true, true, false, false }));

        Assert.That(queue.Dropped, Is.EqualTo(2));
        Assert.That(await TakeAsync(queue), Is.EqualTo(1));
    }

    [Test]
    public async Task Completed_queue_gives_the_last_frame_only()
    {
        OutgoingQueue queue = Make();
        queue.TryAdd(Numbered(1), isUrgent: true);
        queue.Complete(Frames.Goodbye(DisconnectReason.Silent));

        Assert.That((await queue.TakeAsync())?.Goodbye.Reason, Is.EqualTo((uint)DisconnectReason.Silent));
        Assert.That(await queue.TakeAsync(), Is.Null);
        Assert.That(queue.TryAdd(Numbered(2), isUrgent: true), Is.False);
    }

    [Test]
    public void Lane_bounds_bytes_and_takes_one_large_frame_when_empty()
    {
        QueueLane lane = new(10, 100, FullMode.DropNewest);
        Assert.That(lane.Add(Numbered(1), 500), Is.Zero);
        Assert.That(lane.Add(Numbered(2), 1), Is.EqualTo(1));
        lane.TryTake(out _);
        Assert.That(lane.Add(Numbered(3), 1), Is.Zero);
    }

    [Test]
    public void RateLimit_makes_debt_wait_and_forgives_no_more_than_a_second()
    {
        FakeTimeProvider time = new();
        RateLimit limit = new(100, time);
        Assert.That(limit.Take(100), Is.EqualTo(TimeSpan.Zero));
        Assert.That(limit.Take(50), Is.EqualTo(TimeSpan.FromMilliseconds(500)));
        time.Advance(TimeSpan.FromHours(1));
        Assert.That(limit.Take(100), Is.EqualTo(TimeSpan.Zero));
        Assert.That(limit.Take(1), Is.GreaterThan(TimeSpan.Zero));
    }

    [Test]
    public void KnownSet_forgets_the_oldest_and_stays_bounded()
    {
        KnownSet known = new(10);
        for (int i = 0; i < 100; i++)
        {
            Assert.That(known.Add(HashOf(i)), Is.True);
            Assert.That(known.Add(HashOf(i)), Is.False);
        }

        Assert.That(Enumerable.Range(0, 100).Count(i => known.Contains(HashOf(i))), Is.InRange(5, 10));
        Assert.That(known.Contains(HashOf(0)), Is.False);
    }

    [Test]
    public void AddressBook_is_bounded_and_no_source_fills_it()
    {
        AddressBook book = new(new NetworkOptions(), NullLogger<AddressBook>.Instance);
        for (int port = 1; port <= 2_000; port++)
        {
            book.Add(new PeerAddress("198.51.100.1", port), "liar");
        }

        Assert.That(book.Count, Is.InRange(8, Limits.MaxKnownAddresses / 8));
        for (int source = 0; source < 2_000; source++)
        {
            book.Add(new PeerAddress($"198.51.{source % 200}.7", 1_000 + source), "source " + source);
        }

        Assert.That(book.Count, Is.InRange(Limits.MaxKnownAddresses / 8, Limits.MaxKnownAddresses));
        Assert.That(book.Candidates(), Has.Count.EqualTo(book.Count));
    }

    [Test]
    public void AddressBook_forgets_what_keeps_failing_and_keeps_what_answered_before_a_flood()
    {
        AddressBook book = new(new NetworkOptions(), NullLogger<AddressBook>.Instance);
        book.Add(new PeerAddress("203.0.113.5", 30_300), "friend");
        book.OnLinked("203.0.113.5:30300");
        book.Add(new PeerAddress("203.0.113.6", 30_300), "friend");
        for (int i = 0; i < 8; i++)
        {
            book.OnFailed("203.0.113.6:30300");
        }

        for (int flood = 0; flood < 5_000; flood++)
        {
            book.Add(new PeerAddress($"198.{flood % 250}.0.1", 1 + flood), "sybil " + (flood % 500));
        }

        string[] endpoints = [.. book.Candidates().Select(address => address.Endpoint)];
        Assert.That(endpoints[0], Is.EqualTo("203.0.113.5:30300"), "what answered has every other turn");
        Assert.That(endpoints, Has.None.EqualTo("203.0.113.6:30300"));
    }

    [Test]
    public void AddressBook_is_kept_over_a_restart_and_a_damaged_file_counts_as_empty()
    {
        string folder = Directory.CreateTempSubdirectory("energychain-book").FullName;
        NetworkOptions options = new() { StateFolder = folder };
        AddressBook before = new(options, NullLogger<AddressBook>.Instance);
        // The second comes when the first has left the new ones, of whom two may fall to the same place.
        before.Add(new PeerAddress("203.0.113.5", 1), "friend");
        before.OnLinked("203.0.113.5:1");
        before.Add(new PeerAddress("203.0.113.6", 2), "friend");
        before.Save();
        AddressBook after = new(options, NullLogger<AddressBook>.Instance);
        Assert.That(after.Answered(8), Is.EqualTo(new[] { "203.0.113.5:1" }));
        Assert.That(after.Count, Is.EqualTo(2));

        string path = Path.Combine(folder, AddressBook.FileName);
        File.WriteAllText(path, File.ReadAllText(path).Replace("113.5", "113.9", StringComparison.Ordinal));
        Assert.That(new AddressBook(options, NullLogger<AddressBook>.Instance).Count, Is.Zero);
        Directory.Delete(folder, recursive: true);
    }

    [TestCase("127.0.0.1:30300", "127.0.0.1", 30_300)]
    [TestCase("node.example:80", "node.example", 80)]
    [TestCase("[::1]:5", "::1", 5)]
    public void PeerAddress_reads_host_and_port(string text, string host, int port)
    {
        Assert.That(PeerAddress.TryParse(text, out PeerAddress? address), Is.True);
        Assert.That((address!.Host, address.Port, address.Endpoint), Is.EqualTo((host, port, text)));
    }

    [TestCase("")]
    [TestCase("host")]
    [TestCase("host:0")]
    [TestCase("host:65536")]
    [TestCase("host:1/path")]
    [TestCase("0x12@host:1")]
    [TestCase("user@host:1")]
    public void PeerAddress_refuses_what_is_none(string text) =>
        Assert.That(PeerAddress.TryParse(text, out _), Is.False);

    [Test]
    public void Options_name_every_value_out_of_range()
    {
        NetworkOptions options = new() { MaxLinks = 0, StaticPeers = ["nowhere"] };
        Assert.That(options.Problems(), Has.Exactly(2).Items
            .And.Some.StartsWith("MaxLinks is 0; allowed is 1 to")
            .And.Some.Contains("\"nowhere\""));
        Assert.That(new NetworkOptions().Problems(), Is.Empty);
    }

    private static OutgoingQueue Make() => new(
        new QueueLane(3, 1_000, FullMode.DropOldest), new QueueLane(3, 1_000, FullMode.DropNewest));

    private static Frame Numbered(ulong number) => new() { Status = new Status { Height = number } };

    private static async Task<ulong?> TakeAsync(OutgoingQueue queue) => (await queue.TakeAsync())?.Status.Height;

    private static Hash32 HashOf(int number)
    {
        byte[] bytes = new byte[Hash32.Size];
        BitConverter.TryWriteBytes(bytes, number);
        return new Hash32(bytes);
    }
}
