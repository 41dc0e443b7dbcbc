using System.CommandLine;
using System.Globalization;
using System.Security.Cryptography;
using EnergyChain.Core.Primitives;
using EnergyChain.Node.Execution;
using EnergyChain.Node.Hosting;
using EnergyChain.Node.Network.Joining;
using EnergyChain.Node.Offline;
using Microsoft.Extensions.Logging.Abstractions;

namespace EnergyChain.Node.Commands;

/// <summary>Begins a node's chain with a snapshot file, as <c>import</c> does where it is given one.</summary>
internal static class SnapshotImport
{
    public static async Task<int> RunAsync(
        string config,
        string path,
        Stream stream,
        bool json,
        InvocationConfiguration invocation,
        CancellationToken cancellation)
    {
        if (!stream.CanSeek)
        {
            throw OperatorException.ForOption("--in", path, "a file, not a pipe, where it holds a snapshot");
        }

        using OfflineNode node = OfflineNode.Open(config, mayBeNew: true);
        if (!JoinInstaller.IsFresh(node.Directory.Disk, node.Directory.Blocks))
        {
            throw OperatorException.ForOption(
                "--in", path, "a file of blocks: a snapshot begins a chain, and this node has one");
        }

        SnapshotFilePeer peer = new(stream, path, node.Genesis.Hash);
        if (!await JoinAsync(node, peer, cancellation))
        {
            await invocation.Error.WriteLineAsync(
                $"The snapshot in {path} does not hold: {peer.Accusation ?? "something that proves it is not there"}.");
            return ExitCode.Failure;
        }

        Report(node, invocation.Output, json);
        return ExitCode.Success;
    }

    private static async Task<bool> JoinAsync(OfflineNode node, SnapshotFilePeer peer, CancellationToken cancellation)
    {
        // Nothing that an earlier join left may stand in its way.
        JoinInstaller.Discard(node.Directory);
        SnapshotJoin join = new(
            node.Genesis,
            node.Directory,
            () => [peer],
            new JoinOptions
            {
                MaxAttempts = 1,
                PatienceMs = 1_000,
                PauseMs = 1,
                TrustedHeight = node.Options.TrustedHeight,
                TrustedHash = Hash32.TryParse(node.Options.TrustedHash ?? string.Empty, out Hash32 trusted)
                    ? trusted
                    : default,
            },
            BitConverter.ToUInt64(RandomNumberGenerator.GetBytes(sizeof(ulong))),
            TimeProvider.System,
            NullLogger.Instance);
        bool hasJoined = await join.RunAsync(cancellation);
        if (!hasJoined)
        {
            JoinInstaller.Discard(node.Directory);
        }

        return hasJoined;
    }

    private static void Report(OfflineNode node, TextWriter output, bool json)
    {
        using Chain chain = Chain.Open(
            node.Genesis, node.Directory, new ChainOptions { HistoryBlocks = 0 }, NullLogger.Instance);
        ChainHead head = chain.Head;
        if (json)
        {
            OfflineOptions.PrintJson(output, new
            {
                sound = true,
                height = head.Height.Value,
                hash = head.Hash.ToString(),
                stateRoot = head.StateRoot.ToString(),
                firstBlock = chain.FirstBlock.Value,
            });
            return;
        }

        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"The node begins with the snapshot: height {head.Height.Value:N0}, block {head.Hash}, state "
            + $"{head.StateRoot}; its blocks begin at {chain.FirstBlock.Value:N0}."));
    }
}
