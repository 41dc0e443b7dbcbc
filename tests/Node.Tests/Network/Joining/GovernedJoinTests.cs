using EnergyChain.Contracts;
using EnergyChain.Core.Chain;
using EnergyChain.Core.Codec;
using EnergyChain.Core.Primitives;
using EnergyChain.Node.Execution;
using EnergyChain.Node.Hosting;
using EnergyChain.Node.Network.Joining;
using EnergyChain.Node.Storage;
using EnergyChain.Node.Tests.Execution;
using Microsoft.Extensions.Logging.Abstractions;

namespace EnergyChain.Node.Tests.Network.Joining;

/// <summary>
/// Joining a chain whose terms change: long before the snapshot, and in the blocks that come with it; and one that
/// grows meanwhile.
/// </summary>
[TestFixture]
internal sealed class GovernedJoinTests
{
    private const int Snapshot = 300;
    private const int SecondChange = 302;
    private static readonly List<CommittedBlock> Blocks = [];
    private static GovernedChain s_source = null!;

    [OneTimeSetUp]
    public static void Grow()
    {
        s_source = Started(checkpointBlocks: Snapshot);
        GovernedChain source = s_source;
        source.Vote();
        GrowTo(source, Snapshot - 5);
        source.Commit(source.Send(0, CouncilContract.ProposeParameter(CouncilParameter.GasPrice, 3, 10), gasPrice: 2));
        source.Commit([.. Enumerable.Range(1, 3).Select(
            member => source.Send(member, CouncilContract.Approve(3), gasPrice: 2))]);
        GrowTo(source, Snapshot + 12);
        for (Height height = new(1); source.Chain.TryGetBlock(height, out CommittedBlock? block); height = height.Next)
        {
            Blocks.Add(block);
        }

        Assert.That(
            source.Chain.Head.Terms.Starts.Select(start => start.From.Value),
            Is.EqualTo(new ulong[] { 0, 7, SecondChange }),
            "one change before the first block that comes with the snapshot, one in the last");
    }

    [OneTimeTearDown]
    public static void Stop() => s_source.Dispose();

    [Test]
    public async Task Node_joins_over_changes_of_the_term_and_lets_others_join_by_itself_alone()
    {
        using GovernedChain second = new(Options(checkpointBlocks: 10));
        Assert.That(await JoinAsync(second, new ServedPeer(1, s_source.Chain)));
        second.Open();
        Assert.That(second.Chain.FirstBlock, Is.GreaterThan(new Height(7)), "it does not hold the first change");
        Follow(second);

        using GovernedChain third = new(Options(checkpointBlocks: 10));
        Assert.That(await JoinAsync(third, new ServedPeer(2, second.Chain)));
        third.Open();
        Assert.That(third.Chain.Head.Height, Is.EqualTo(new Height(Snapshot + 11)));
        Follow(third);

        // A restart reads the trust chain from the disk.
        third.Close();
        third.Open();
        foreach (GovernedChain joined in new[] { second, third })
        {
            Assert.That(Bcs.Encode(joined.Chain.Head.Terms), Is.EqualTo(Bcs.Encode(s_source.Chain.Head.Terms)));
            Assert.That(
                Bcs.Encode(new List<TermLink>(new TermLinks(joined.Chain).From(Height.Genesis))[^1]),
                Is.EqualTo(Bcs.Encode(TermLink.Of(Blocks[SecondChange - 2])!)));
        }
    }

    [TestCase("lost")]
    [TestCase("damaged")]
    [TestCase("cut")]
    public async Task Trust_chain_that_is_lost_costs_nothing_but_joins_by_this_node_alone(string how)
    {
        using GovernedChain second = new(Options(checkpointBlocks: 10));
        Assert.That(await JoinAsync(second, new ServedPeer(1, s_source.Chain)));
        string path = Path.Combine(second.Root, "terms.log");
        byte[] bytes = await File.ReadAllBytesAsync(path);
        bytes[how == "damaged" ? ^1 : 0] ^= 1;
        await File.WriteAllBytesAsync(path, how == "cut" ? bytes.AsMemory(0, bytes.Length / 2) : bytes);
        if (how == "lost")
        {
            File.Delete(path);
        }

        second.Open();
        Follow(second);
        using GovernedChain third = new(Options(checkpointBlocks: 10));
        ServedPeer alone = new(2, second.Chain);
        Assert.That(await JoinAsync(third, Brief, alone), Is.False);
        Assert.That(alone.Accusations, Is.Empty, "to lack something is no lie");
        Assert.That(await JoinAsync(third, alone, new ServedPeer(1, s_source.Chain)));
    }

    [Test]
    public async Task Node_joins_while_its_snapshot_gives_way_to_newer_ones()
    {
        using GovernedChain source = Started(checkpointBlocks: 10);
        GrowTo(source, 290);
        int grown = 0;
        ServedPeer peer = new(1, source.Chain)
        {
            // Both snapshots that are kept are newer then, once, and newer ones come with every chunk after it.
            OnChunk = _ =>
            {
                GrowTo(source, source.Chain.Head.Height.Value + (grown++ == 0 ? 25UL : 3UL));
                return null;
            },
        };

        using GovernedChain joined = new(Options(checkpointBlocks: 10));
        Assert.That(await JoinAsync(joined, peer));
        joined.Open();
        Assert.That(joined.Chain.Head.Height, Is.GreaterThanOrEqualTo(new Height(301)));
        while (source.Chain.TryGetBlock(joined.Chain.Head.Height.Next, out CommittedBlock? block))
        {
            Assert.That(joined.Chain.Commit(block), Is.EqualTo(CommitOutcome.Committed));
        }

        Assert.That(joined.Chain.Head.StateRoot, Is.EqualTo(source.Chain.Head.StateRoot));
        Assert.That(peer.Accusations, Is.Empty);
        Assert.That(grown, Is.GreaterThan(1), "the first snapshot was not finished");
    }

    // Everybody knows the true block; that it is given out says nothing of the chain beside it.
    [Test]
    public async Task True_trusted_block_beside_a_chain_of_other_terms_is_refused()
    {
        using GovernedChain forged = Started(checkpointBlocks: Snapshot);
        GrowTo(forged, Snapshot + 2);
        CommittedBlock trusted = Blocks[5];
        ServedPeer peer = new(1, forged.Chain)
        {
            Block = block => block.Block.Height == trusted.Block.Height ? trusted : block,
        };

        using GovernedChain joined = new(Options(checkpointBlocks: 10));
        JoinOptions options = new()
        {
            PauseMs = 1,
            TrustedHeight = trusted.Block.Height.Value,
            TrustedHash = trusted.Block.Hash,
        };
        Assert.That(
            async () => await JoinAsync(joined, options, peer),
            Throws.TypeOf<OperatorException>().With.Message.Contains("trustedHash"));
        Assert.That(await JoinAsync(joined, options, new ServedPeer(2, s_source.Chain)));
    }

    private static JoinOptions Brief => new() { PatienceMs = 60_000, MaxAttempts = 2, PauseMs = 1, MaxFailures = 1 };

    private static ChainOptions Options(int checkpointBlocks) => new()
    {
        CheckpointBlocks = (ulong)checkpointBlocks,
        ServesSnapshots = true,
        Background = static work =>
        {
            work();
            return Task.CompletedTask;
        },
    };

    private static GovernedChain Started(int checkpointBlocks)
    {
        GovernedChain chain = new(Options(checkpointBlocks));
        chain.Open();
        return chain;
    }

    private static void GrowTo(GovernedChain chain, ulong height)
    {
        while (chain.Chain.Head.Height.Value < height)
        {
            chain.Commit();
        }
    }

    private static void Follow(GovernedChain joined)
    {
        foreach (CommittedBlock block in Blocks.Where(each => each.Block.Height > joined.Chain.Head.Height).ToArray())
        {
            Assert.That(joined.Chain.Commit(block), Is.EqualTo(CommitOutcome.Committed));
        }
    }

    private static Task<bool> JoinAsync(GovernedChain joined, params ServedPeer[] peers) =>
        JoinAsync(joined, new JoinOptions { PatienceMs = 60_000, PauseMs = 1 }, peers);

    private static async Task<bool> JoinAsync(GovernedChain joined, JoinOptions options, params ServedPeer[] peers)
    {
        using DataDirectory directory = DataDirectory.Open(joined.Root, GovernedChain.Genesis.Hash);
        SnapshotJoin join = new(
            GovernedChain.Genesis, directory, () => peers, options, 0, TimeProvider.System, NullLogger.Instance);
        return await join.RunAsync(CancellationToken.None);
    }
}
