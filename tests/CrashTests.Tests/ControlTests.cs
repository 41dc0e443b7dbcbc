using EnergyChain.CrashTests.Plants;
using EnergyChain.CrashTests.PowerCuts;
using EnergyChain.Simulation.Disk;

namespace EnergyChain.CrashTests.Tests;

/// <summary>A harness that finds nothing proves nothing: what is broken here on purpose has to be found.</summary>
public sealed class ControlTests
{
    private const ulong MostSeeds = 60;

    [TestCase("/blocks/", "told to be final")]
    [TestCase("/node/votes.log", "not in the journal")]
    [TestCase(".checkpoint.new", "checkpoint of height")]
    public void Sync_of_a_file_that_is_left_out_is_found(string file, string broken) =>
        AssertFound(Without(DiskOperationKind.Sync, file), broken);

    [TestCase("/node")]
    [TestCase("/node/blocks")]
    public void Sync_of_a_folder_after_a_rename_that_is_left_out_is_found(string folder) =>
        AssertFound(Without(DiskOperationKind.SyncFolder, folder), "");

    [Test]
    public void Index_that_has_a_block_before_the_log_is_found() =>
        AssertFound(new Plant { IndexesBeforeLog = true }, "told to be final");

    [Test]
    public void Vote_that_leaves_before_its_record_is_durable_is_found() =>
        AssertFound(new Plant { VotesBeforeJournal = true }, "not in the journal");

    [Test]
    public void Nothing_is_found_where_nothing_is_planted() => Assert.That(
        Enumerable.Range(1, 12).Select(seed => PowerCutRun.Run((ulong)seed, Plant.None).Broken), Has.All.Null);

    private static Plant Without(DiskOperationKind kind, string path) => new()
    {
        IgnoresSync = operation => operation.Kind == kind
            && (path.StartsWith("/node", StringComparison.Ordinal)
                ? operation.Path == path
                : operation.Path.Contains(path, StringComparison.Ordinal)),
    };

    // One bug shows in more than one way: it is looked for until it shows in the way that is wanted.
    private static void AssertFound(Plant plant, string broken)
    {
        List<string> found = [];
        bool isFound = false;
        for (ulong seed = 1; seed <= MostSeeds && !isFound; seed++)
        {
            if (PowerCutRun.Run(seed, plant).Broken is { } what)
            {
                TestContext.Out.WriteLine($"seed {seed}: {what}");
                found.Add(what);
                isFound = what.Contains(broken, StringComparison.Ordinal);
            }
        }

        Assert.That(found, Has.Some.Contains(broken));
    }
}
