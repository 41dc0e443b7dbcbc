using EnergyChain.Core.Chain;
using EnergyChain.Core.Primitives;
using EnergyChain.Node.Execution;
using EnergyChain.Node.Network.Sync;
using EnergyChain.Node.Storage;
using EnergyChain.Node.Tests.Execution;
using EnergyChain.Node.Tests.Fakes;
using EnergyChain.Node.Tests.Network.Joining;
using Microsoft.Extensions.Time.Testing;

namespace EnergyChain.Node.Tests.Network.Sync;

[TestFixture]
internal sealed class ChainRepairTests
{
    private const int Blocks = 40;
    private readonly ChainOptions _options = new() { CheckpointBlocks = 20, SegmentBytes = 4_096 };
    private ChainFixture _damaged = null!;
    private ChainFixture _peer = null!;
    private List<CommittedBlock> _written = null!;
    private ChainHead _head = null!;

    [SetUp]
    public void MakeTwoChainsAndDamageOne()
    {
        (_damaged, _peer) = (new ChainFixture(options: _options), new ChainFixture());
        _damaged.Open();
        _written = _damaged.Grow(Blocks);
        _head = _damaged.Chain.Head;
        Assert.That(((IChain)_peer.Open()).CommitRange(_written), Is.EqualTo(CommitOutcome.Committed));
    }

    [TearDown]
    public void Remove()
    {
        _damaged.Dispose();
        _peer.Dispose();
    }

    [Test]
    public async Task Damage_that_nobody_asked_for_is_found_and_mended_from_a_peer()
    {
        // Whole records of a sealed segment, which opening does not read.
        string segment = Segments()[1];
        Spoil(segment, FileHeader.Size, 3_000);
        LogCapture lines = new();
        ChainRepair repair = Repair(lines, new ServedPeer(1, _peer.Chain));

        repair.ReadOn();

        IReadOnlyList<Height> damaged = _damaged.Chain.DamagedBlocks;
        Assert.That(damaged, Has.Count.GreaterThan(1));
        Assert.That(damaged[0].Value, Is.EqualTo(ulong.Parse(Path.GetFileNameWithoutExtension(segment))));
        Assert.That(damaged.All(height => !_damaged.Chain.TryGetBlock(height, out _)), "served as absent");
        await repair.MendAsync(CancellationToken.None);

        Assert.That(_damaged.Chain.DamagedBlocks, Is.Empty);
        Assert.That(
            lines.Lines.Count(line => line.Contains("replaces the damaged record")), Is.EqualTo(damaged.Count));
        ChainRestartTests.AssertSameChain(_damaged.Chain, _written, _head);
        AssertCertificates();
        ChainRestartTests.AssertSameChain(_damaged.Reopen(), _written, _head);
    }

    [Test]
    public async Task Damaged_head_is_mended_with_the_certificate_in_memory()
    {
        // A chain that runs on holds its last block in memory.
        _damaged.Reopen();
        string last = Segments()[^1];
        Spoil(last, new FileInfo(last).Length - 20, 1);
        Assert.That(_damaged.Chain.TryGetBlock(_head.Height, out _), Is.False);

        await Repair(new LogCapture(), new ServedPeer(1, _peer.Chain)).MendAsync(CancellationToken.None);

        Assert.That(_damaged.Chain.DamagedBlocks, Is.Empty);
        AssertCertificates();
        _damaged.Grow(1);
    }

    [Test]
    public async Task Peer_that_gives_another_block_or_spoiled_contents_is_blamed_and_others_are_asked()
    {
        Spoil(Segments()[1], FileHeader.Size, 1);
        Height damaged = new(ulong.Parse(Path.GetFileNameWithoutExtension(Segments()[1])));
        Assert.That(_damaged.Chain.TryGetBlock(damaged, out _), Is.False);
        ServedPeer forger = new(1, _peer.Chain)
        {
            Block = _ => ChainFixture.Next(_head with { Height = damaged.Previous }),
        };
        ServedPeer spoiler = new(2, _peer.Chain)
        {
            Block = static block => block with { Block = block.Block with { Transactions = [] } },
        };
        ServedPeer gone = new(3, _peer.Chain) { IsAlive = false };
        ServedPeer honest = new(4, _peer.Chain)
        {
            // What a peer says of the certificate counts for nothing.
            Block = block => block with { Certificate = _head.Certificate! },
        };

        await Repair(new LogCapture(), forger, spoiler, gone, honest).MendAsync(CancellationToken.None);

        Assert.That(forger.Accusations, Has.Count.EqualTo(1));
        Assert.That(spoiler.Accusations, Has.Count.EqualTo(1));
        Assert.That(honest.Accusations, Is.Empty);
        AssertCertificates();
    }

    [Test]
    public async Task Block_that_no_peer_gives_stays_absent_and_is_complained_of_once()
    {
        Spoil(Segments()[1], FileHeader.Size, 1);
        LogCapture lines = new();
        using ChainFixture young = new();
        ChainRepair repair = Repair(lines, new ServedPeer(1, young.Open()));
        repair.ReadOn();

        await repair.MendAsync(CancellationToken.None);
        await repair.MendAsync(CancellationToken.None);

        Assert.That(_damaged.Chain.DamagedBlocks, Has.Count.EqualTo(1));
        Assert.That(lines.Lines.Count(line => line.Contains("goes on asking")), Is.EqualTo(1));
    }

    [Test]
    public async Task Peers_that_lack_a_block_are_asked_less_and_less_often()
    {
        Spoil(Segments()[1], FileHeader.Size, 1);
        using ChainFixture young = new();
        ServedPeer peer = new(1, young.Open());
        FakeTimeProvider time = new();
        int asked = 0;
        ChainRepair repair = new(
            _damaged.Chain,
            new BlockRepair(
                () =>
                {
                    asked++;
                    return [peer];
                },
                new LogCapture()),
            time);
        repair.ReadOn();
        List<int> seconds = [];
        for (int second = 0; second < 3_600; second++)
        {
            int before = asked;
            await repair.MendAsync(CancellationToken.None);
            if (asked > before)
            {
                seconds.Add(second);
            }

            time.Advance(TimeSpan.FromSeconds(1));
        }

        Assert.That(seconds[..5], Is.EqualTo(new[] { 0, 1, 3, 7, 15 }));
        Assert.That(seconds, Has.Count.LessThan(20));
    }

    private ChainRepair Repair(LogCapture lines, params ServedPeer[] peers) =>
        new(_damaged.Chain, new BlockRepair(() => peers, lines), new FakeTimeProvider());

    private string[] Segments() =>
        [.. Directory.GetFiles(Path.Combine(_damaged.Root, "blocks"), "*.log").Order(StringComparer.Ordinal)];

    private void AssertCertificates()
    {
        foreach (CommittedBlock block in _written)
        {
            Assert.That(_damaged.Chain.TryGetBlock(block.Block.Height, out CommittedBlock? stored));
            Assert.That(stored!.Certificate.Hash, Is.EqualTo(block.Certificate.Hash));
        }
    }

    private static void Spoil(string path, long offset, int count)
    {
        using FileStream file = new(path, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite);
        file.Position = offset;
        byte[] bytes = new byte[count];
        file.ReadExactly(bytes);
        file.Position = offset;
        file.Write([.. bytes.Select(static value => (byte)(value ^ 0xFF))]);
    }
}
