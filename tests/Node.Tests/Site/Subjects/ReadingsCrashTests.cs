using EnergyChain.Node.Storage;
using EnergyChain.Simulation.Disk;
using EnergyChain.Simulation.Time;

namespace EnergyChain.Node.Tests.Site.Subjects;

/// <summary>Power cuts at every operation of the disk while readings are sealed, kept and forgotten.</summary>
[TestFixture]
internal sealed class ReadingsCrashTests
{
    private const string Root = "/node";
    private const int MostOperations = 500;

    private static readonly string Plain30 = Lines(1, 2, 3);
    private static readonly string Plain31 = Lines(4, 5);

    [Test]
    public void Sealing_of_plain_readings_loses_and_doubles_none_wherever_the_power_fails()
    {
        VirtualDisk before = WithPlainFiles();
        Assert.That(Holds(before, ReadingsScene.Mark), Is.True, "or the scan finds nothing whatever happens");
        int points = AtEveryOperation(before, static scene => scene.Keep(), (after, point) =>
        {
            ReadingsScene scene = new(after, Root);
            scene.Keep();
            (long[] slots, long unreadable) = scene.Export();
            Assert.That(slots, Is.EqualTo(new long[] { 1, 2, 3, 4, 5 }), point);
            Assert.That(unreadable, Is.EqualTo(1), point + ": the torn line is kept and no reading");
            Assert.That(after.Paths.Where(path => path.Contains(".jsonl") || path.EndsWith(".new")), Is.Empty, point);
            Assert.That(Holds(after, ReadingsScene.Mark), Is.False, point);
        });
        Assert.That(points, Is.GreaterThan(20));
    }

    [Test]
    public void Reading_whose_hash_was_given_is_there_wherever_the_power_fails()
    {
        VirtualDisk before = new();
        AtEveryOperation(
            before,
            static scene => scene.Keep(7, 8),
            (after, point) =>
            {
                ReadingsScene scene = new(after, Root);
                scene.Keep(9);
                (long[] slots, long unreadable) = scene.Export();
                Assert.That(slots, Has.Length.GreaterThanOrEqualTo(1).And.Unique.And.Ordered, point);
                Assert.That(slots[^1], Is.EqualTo(9), point);
                Assert.That(unreadable, Is.Zero, point);
                Assert.That(scene.Log.Lines.Where(line => line.StartsWith("Error")), Is.Empty, point);
            });

        VirtualDisk whole = before.Copy();
        new ReadingsScene(whole, Root).Keep(7, 8);
        Assert.That(new ReadingsScene(whole.Crash(), Root).Export().Slots, Is.EqualTo(new long[] { 7, 8 }));
    }

    [Test]
    public void Forgetting_that_was_cut_short_is_ended_by_the_next_and_revives_nothing()
    {
        VirtualDisk before = new();
        new ReadingsScene(before, Root).Keep(1, 2);
        byte[] key = Key(before);
        new ReadingsScene(before, Root).WritePlain("readings-20260130.jsonl", Plain30);
        before = before.Crash();
        AtEveryOperation(before, static scene => scene.Forget(), (after, point) =>
        {
            ReadingsScene scene = new(after, Root);
            bool hadKey = after.Exists(Root + "/subjects/flat-7.key") && Key(after).AsSpan().SequenceEqual(key);
            scene.Keep();
            if (!hadKey && scene.Look().Files.Count > 0)
            {
                Assert.That(() => scene.Export(), Throws.TypeOf<Node.Hosting.OperatorException>(), point);
            }

            scene.Forget();
            Assert.That(scene.Look().IsNothing, point);
            Assert.That(Holds(after, key), Is.False, point);
            Assert.That(Holds(after, ReadingsScene.Mark), Is.False, point);
        });
    }

    // Each time as far as the next operation, then as different power cuts leave the disk.
    private static int AtEveryOperation(
        VirtualDisk before, Action<ReadingsScene> act, Action<VirtualDisk, string> check)
    {
        for (int operations = 0; operations < MostOperations; operations++)
        {
            VirtualDisk disk = before.Copy();
            disk.StopAfter = operations;
            bool ended = Ends(() => act(new ReadingsScene(disk, Root)));
            check(disk.Copy().Crash(), $"operation {operations}, nothing unsynced survives");
            check(disk.Copy().Kill(), $"operation {operations}, the process dies");
            for (ulong seed = 0; seed < 4; seed++)
            {
                check(disk.Copy().PowerCut(new SeededRandom(seed)), $"operation {operations}, seed {seed}");
            }

            if (ended)
            {
                return operations;
            }
        }

        throw new AssertionException("It does not end.");
    }

    private static bool Ends(Action act)
    {
        try
        {
            act();
            return true;
        }
        catch (Exception failure) when (failure is IOException or StorageException)
        {
            return false;
        }
    }

    private static VirtualDisk WithPlainFiles()
    {
        VirtualDisk disk = new();
        ReadingsScene scene = new(disk, Root);
        scene.WritePlain("readings-20260130.jsonl", Plain30);
        scene.WritePlain("readings-20260131.jsonl", Plain31 + "{\"hash\":\"0x12");
        return disk.Crash();
    }

    private static string Lines(params long[] slots) =>
        string.Concat(slots.Select(slot => ReadingsScene.PlainLine(slot, (byte)slot) + "\n"));

    private static bool Holds(VirtualDisk disk, byte[] bytes) =>
        disk.Contents.Any(content => content.AsSpan().IndexOf(bytes) >= 0);

    private static byte[] Key(VirtualDisk disk)
    {
        using IDiskFile file = disk.Open(Root + "/subjects/flat-7.key");
        byte[] key = new byte[file.Length];
        file.Read(0, key);
        return key;
    }
}
