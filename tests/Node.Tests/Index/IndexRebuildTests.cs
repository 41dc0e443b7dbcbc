using EnergyChain.Core.Primitives;
using EnergyChain.Node.Index;
using EnergyChain.Node.Index.Parts;
using EnergyChain.Node.Storage;
using Microsoft.Extensions.Logging.Abstractions;

namespace EnergyChain.Node.Tests.Index;

public sealed class IndexRebuildTests
{
    private string _directory = "";
    private ListSource _source = null!;

    [SetUp]
    public void Prepare()
    {
        _directory = Directory.CreateTempSubdirectory("index").FullName;
        _source = new ListSource();
        for (int i = 0; i < 21; i++)
        {
            _source.Append(i, 3);
        }
    }

    [TearDown]
    public void Remove() => Directory.Delete(_directory, recursive: true);

    [Test]
    public void Rebuild_starts_from_nothing_and_leaves_all_in_files()
    {
        File.WriteAllBytes(Path.Combine(_directory, "0000000001-0000000004-0.db"), [1, 2, 3]);
        List<Height> told = [];
        PartRange? held = Rebuild(told.Add);

        Assert.That(held, Is.EqualTo(new PartRange(new Height(1), new Height(21))));
        Assert.That(told, Is.EqualTo(Enumerable.Range(1, 21).Select(height => new Height((ulong)height))));
        using IndexScene scene = new(_directory, _source);
        Assert.That(scene.Store.Last, Is.EqualTo(new Height(21)));
        scene.ShouldHold(new Height(1));
    }

    [Test]
    public void Rebuild_that_was_interrupted_goes_on_after_its_last_file()
    {
        using CancellationTokenSource stop = new();
        Assert.Throws<OperationCanceledException>(() => Rebuild(
            height =>
            {
                if (height == new Height(14))
                {
                    stop.Cancel();
                }
            },
            stop.Token));

        List<Height> told = [];
        Assert.That(New().IsResumed, Is.True);
        Rebuild(told.Add);
        Assert.That(told[0], Is.EqualTo(new Height(13)));
        Assert.That(New().IsResumed, Is.False);
        using IndexScene scene = new(_directory, _source);
        scene.ShouldHold(new Height(1));
    }

    [Test]
    public void Rebuild_keeps_the_days_that_it_is_asked_for()
    {
        PartRange? held = New(keepDays: 1).Run(_source, static _ => { }, CancellationToken.None);
        Assert.That(held!.Value.First, Is.EqualTo(new Height(1)));
    }

    [Test]
    public void Rebuild_that_meets_a_damaged_file_leaves_no_hole()
    {
        using CancellationTokenSource stop = new();
        Assert.Throws<OperationCanceledException>(() => Rebuild(
            height =>
            {
                if (height == new Height(7))
                {
                    stop.Cancel();
                }
            },
            stop.Token));
        string first = Directory.GetFiles(_directory, "*-0.db").Order().First();
        byte[] bytes = File.ReadAllBytes(first);
        for (int i = 8_192; i < bytes.Length; i += 50)
        {
            bytes[i] ^= 1;
        }

        File.WriteAllBytes(first, bytes);
        Rebuild(static _ => { });
        using IndexScene scene = new(_directory, _source);
        Assert.That(scene.Filler.Missing(), Is.Null);
        scene.ShouldHold(new Height(1));
    }

    [Test]
    public void Rebuild_of_a_chain_without_blocks_holds_nothing()
    {
        _source = new ListSource();
        Assert.That(Rebuild(static _ => { }), Is.Null);
    }

    private PartRange? Rebuild(Action<Height> progress, CancellationToken cancellationToken = default) =>
        New().Run(_source, progress, cancellationToken);

    private IndexRebuild New(int keepDays = 0) => new(
        new PhysicalDisk(), _directory, IndexScene.Genesis, IndexScene.Small, keepDays, NullLogger.Instance);
}
