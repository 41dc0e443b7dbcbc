using System.Diagnostics;
using EnergyChain.Core.Crypto;
using EnergyChain.Core.Primitives;
using EnergyChain.Node.Execution;
using EnergyChain.Node.Network;
using EnergyChain.Node.Network.Joining;
using EnergyChain.Node.Network.Sync;
using EnergyChain.Node.Storage;
using Microsoft.Extensions.Logging.Abstractions;

namespace EnergyChain.Benchmarks.Join;

/// <summary>
/// How fast a fresh node joins: the real chain on the real disk, the real driver and checker, peers in memory. A join
/// counts only where the head is the source's.
/// </summary>
internal sealed class JoinBenchmark(string folder)
{
    private const double LeastBlocksPerSecond = 500;
    private const double MostSnapshotSeconds = 60;
    private const int Peers = 4;

    private static PeerId[] Ids => [.. Enumerable.Range(1, Peers).Select(static number =>
    {
        byte[] seed = new byte[SigningKey.SeedSize];
        BitConverter.TryWriteBytes(seed, number + 1_000);
        return new PeerId(SigningKey.FromSeed(seed).PublicKey);
    })];

    /// <summary>Fetches, verifies, stores and executes blocks from genesis on.</summary>
    public JoinFigure Blocks(string name, int blocks, int transactions)
    {
        using JoinSource source = new(Fresh(), accounts: 100, checkpointBlocks: 1_000);
        source.Grow(blocks, transactions);
        using DataDirectory directory = DataDirectory.Open(Fresh(), source.Genesis.Hash);
        long began = Stopwatch.GetTimestamp();
        using (Chain chain = Chain.Open(source.Genesis, directory, new ChainOptions(), NullLogger.Instance))
        {
            Follow(chain, source);
            RequireSame(chain, source);
        }

        double seconds = Stopwatch.GetElapsedTime(began).TotalSeconds;
        return new JoinFigure(name, blocks, seconds, blocks / seconds, blocks / seconds > LeastBlocksPerSecond);
    }

    /// <summary>Fetches and proves a snapshot, opens the chain on it and executes the blocks after it.</summary>
    public async Task<JoinFigure> SnapshotAsync(int accounts)
    {
        const int height = 300;
        using JoinSource source = new(Fresh(), accounts, checkpointBlocks: height);
        source.Grow(height, transactions: 1);
        while (source.Chain.Snapshots!.Heights.Count == 0)
        {
            await Task.Delay(100);
        }

        source.Grow(5, transactions: 1);
        string root = Fresh();
        long began = Stopwatch.GetTimestamp();
        using (DataDirectory directory = DataDirectory.Open(root, source.Genesis.Hash))
        {
            MemorySnapshotPeer[] peers = [.. Ids.Select(id => new MemorySnapshotPeer(id, source.Chain))];
            SnapshotJoin join = new(
                source.Genesis, directory, () => peers, new JoinOptions(), 0, TimeProvider.System, NullLogger.Instance);
            if (!await join.RunAsync(CancellationToken.None))
            {
                throw new InvalidOperationException("The node did not join.");
            }

            using Chain chain = Chain.Open(source.Genesis, directory, new ChainOptions(), NullLogger.Instance);
            Follow(chain, source);
            RequireSame(chain, source);
        }

        double seconds = Stopwatch.GetElapsedTime(began).TotalSeconds;
        return new JoinFigure("snapshot", accounts, seconds, accounts / seconds, seconds < MostSnapshotSeconds);
    }

    private static void Follow(Chain chain, JoinSource source)
    {
        NetworkOptions options = new();
        MemorySyncNetwork network = new(source.Chain);
        PooledRangeChecker checker = new(options);
        checker.Finished += network.Wake;
        SyncDriver driver = new(chain, network, checker, static _ => false, options, TimeProvider.System);
        foreach (PeerId peer in Ids)
        {
            driver.PeerHolds(peer, Height.Genesis.Next, source.Chain.Head.Height);
        }

        while (chain.Head.Height < source.Chain.Head.Height)
        {
            checker.Deliver();
            network.Deliver(driver);
            TimeSpan? next = driver.Pump();
            if (network.Fault is { } fault)
            {
                throw new InvalidOperationException(fault);
            }

            if (next != TimeSpan.Zero && chain.Head.Height < source.Chain.Head.Height)
            {
                network.Wait(next);
            }
        }
    }

    private static void RequireSame(Chain chain, JoinSource source)
    {
        if (chain.Head.Hash != source.Chain.Head.Hash || chain.Head.StateRoot != source.Chain.Head.StateRoot)
        {
            throw new InvalidOperationException("The node that joined is not where its peers are.");
        }
    }

    private string Fresh() => Directory.CreateDirectory(Path.Combine(folder, Path.GetRandomFileName())).FullName;
}
