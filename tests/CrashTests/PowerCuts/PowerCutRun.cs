using EnergyChain.CrashTests.Machine;
using EnergyChain.CrashTests.Plants;
using EnergyChain.Node.Storage;
using EnergyChain.Simulation.Disk;
using EnergyChain.Simulation.Time;

namespace EnergyChain.CrashTests.PowerCuts;

/// <summary>
/// One machine through some lives, each of which its disk ends, and a last one that nothing ends. All from one seed.
/// </summary>
internal static class PowerCutRun
{
    private const int MostLives = 9;
    private const ulong LifeBlocks = 40;
    private const ulong CalmBlocks = 6;
    private const int ErasurePercent = 25;

    /// <summary>Gives what does not hold; null where all does.</summary>
    public static RunOutcome Run(ulong seed, Plant plant)
    {
        SeededRandom random = new(seed);
        Promises promises = new();
        Timeline timeline = new();
        VirtualDisk disk = new();
        List<string> lives = [];
        try
        {
            for (int left = random.Between(2, MostLives); left > 0; left--)
            {
                disk.IgnoresSync = plant.IgnoresSync;
                Death death = Death.Draw(random.Fork(), disk);
                Live(disk, promises, timeline, random.Fork(), plant, death);
                lives.Add($"{death}, {promises.Highest} promised");
                disk = death.Leave(disk);
            }

            lives.Add("no end");
            LiveOn(disk, promises, timeline, random.Fork());
            return new RunOutcome(seed, null, promises.Highest, lives);
        }
        catch (Exception failure) when (failure is not OutOfMemoryException)
        {
            string what = failure is BrokenPromiseException ? failure.Message : failure.ToString();
            return new RunOutcome(seed, what, promises.Highest, lives);
        }
    }

    private static void Live(
        VirtualDisk disk, Promises promises, Timeline timeline, SeededRandom random, Plant plant, Death death)
    {
        LoneNode? node = null;
        try
        {
            if (random.Chance(ErasurePercent))
            {
                Erasure.Run(disk, promises, random);
            }

            node = new LoneNode(disk, promises, timeline, random, plant);
            node.Audit.Run(death.Kind is DeathKind.DiskFull or DeathKind.SyncFails);
            node.Begin();
            node.RunTo(node.Chain.Head.Height.Value + LifeBlocks);
            if (death.Kind != DeathKind.DiskFull)
            {
                node.Close();
            }
        }
        catch (CrashException)
        {
            // As drawn.
        }
        catch (Exception failure) when (failure is IOException or StorageException && death.HasRefused)
        {
            // A disk that refuses stops the node; that is its right.
        }
        finally
        {
            node?.Die();
        }
    }

    private static void LiveOn(VirtualDisk disk, Promises promises, Timeline timeline, SeededRandom random)
    {
        LoneNode node = new(disk, promises, timeline, random, Plant.None);
        node.Audit.Run();
        node.Begin();
        node.RunTo(node.Chain.Head.Height.Value + CalmBlocks);
        node.Close();

        // And all of it once more from genesis, on another disk.
        LoneNode last = new(disk, promises, timeline, random, Plant.None);
        last.Audit.Run();
        Replay.Check(last.Chain, timeline, random);
        last.Close();
    }
}
