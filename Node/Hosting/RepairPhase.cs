using EnergyChain.Core.Chain;
using EnergyChain.Core.Crypto;
using EnergyChain.Core.Primitives;
using EnergyChain.Node.Network;
using EnergyChain.Node.Network.Joining;
using EnergyChain.Node.Network.Links;
using EnergyChain.Node.Network.Sync;
using EnergyChain.Node.Storage;

namespace EnergyChain.Node.Hosting;

/// <summary>
/// What a node does before it starts where a block that it has to execute again is damaged: it links to its peers,
/// without a chain, a vote or an API of its own, and fetches that block and all others that are known to be damaged. It
/// asks until it has them.
/// </summary>
internal static class RepairPhase
{
    private static readonly TimeSpan FirstPause = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(30);

    public static async Task RunAsync(
        NodeOptions options, Genesis genesis, SigningKey key, Height needed, CancellationToken cancellation)
    {
        if (options.Peers.Count == 0)
        {
            throw new DamagedBlockException(needed);
        }

        using DataDirectory directory = DataDirectory.Open(options.Resolve(options.DataDirectory), genesis.Hash);
        using IHost host = JoinPhase.Build(options, genesis, key);
        IServiceProvider services = host.Services;
        ILogger logger = services.GetRequiredService<ILogger<BlockRepair>>();
        using BlockLog blocks = BlockLog.Open(directory.Disk, directory.Blocks, genesis.Hash, logger);
        blocks.TryRead(needed, out _);
        await host.StartAsync(cancellation);
        LinkTable links = services.GetRequiredService<LinkTable>();
        ReplyTable replies = services.GetRequiredService<ReplyTable>();
        IPeerJudge judge = services.GetRequiredService<IPeerJudge>();
        NetworkOptions network = services.GetRequiredService<NetworkOptions>();
        BlockRepair repair = new(
            () => [.. links.All.Select(link => new LinkSnapshotPeer(link, replies, judge, network, logger))], logger);
        TimeSpan pause = FirstPause;
        while (blocks.Damaged.Contains(needed))
        {
            IReadOnlyList<CommittedBlock> mended = await FetchAsync(blocks, needed, repair, cancellation);
            if (mended.Count > 0)
            {
                blocks.Replace(mended);
                pause = FirstPause;
            }
            else
            {
                await Task.Delay(pause, TimeProvider.System, cancellation);
                pause = pause * 2 < LongestPause ? pause * 2 : LongestPause;
            }
        }

        await host.StopAsync(cancellation);
    }

    private static async Task<IReadOnlyList<CommittedBlock>> FetchAsync(
        BlockLog blocks, Height needed, BlockRepair repair, CancellationToken cancellation)
    {
        MendedBlocks mended = new();
        foreach (Height height in InTurn(blocks.Damaged, needed))
        {
            Block? child = mended.After(height)
                ?? (blocks.TryRead(height.Next, out CommittedBlock? next) ? next.Block : null);
            mended.Add(child is null ? null : await repair.FetchAsync(height, child, cancellation));
            if (mended.IsFull)
            {
                break;
            }
        }

        return mended.Blocks;
    }

    // First those that prove what is needed, from the highest down, then the others.
    private static IEnumerable<Height> InTurn(IReadOnlyList<Height> damaged, Height needed)
    {
        Height top = needed;
        while (damaged.Contains(top.Next))
        {
            top = top.Next;
        }

        return damaged.Reverse().OrderBy(height => height < needed || height > top);
    }
}
