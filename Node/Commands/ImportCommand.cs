using System.CommandLine;
using System.Globalization;
using System.Security.Cryptography;
using EnergyChain.Core.Primitives;
using EnergyChain.Node.Execution;
using EnergyChain.Node.Hosting;
using EnergyChain.Node.Offline;
using EnergyChain.Node.Storage;
using EnergyChain.Node.Storage.Portable;
using EnergyChain.Node.Verification;
using Microsoft.Extensions.Logging.Abstractions;

namespace EnergyChain.Node.Commands;

/// <summary>
/// <c>import --config FILE --in FILE</c>: takes what <c>export</c> or <c>snapshot</c> wrote into a node that does not
/// run, verified as if an untrusted peer had sent it.
/// </summary>
internal static class ImportCommand
{
    public static Command Create()
    {
        Option<string> config = OfflineOptions.Config();
        Option<string> input = new("--in")
        {
            Description = "File that export or snapshot wrote; - for standard input",
            Required = true,
        };
        Option<bool> json = OfflineOptions.Json();
        Command command = new(
            "import", "Takes a file of export or snapshot into a node, every block verified; goes on where it stopped.")
        {
            config, input, json,
        };
        command.SetAction((parsed, cancellation) => OfflineOptions.RunAsync(
            () => RunAsync(
                parsed.GetRequiredValue(config),
                parsed.GetRequiredValue(input),
                parsed.GetValue(json),
                parsed.InvocationConfiguration,
                cancellation),
            parsed.InvocationConfiguration.Error));
        return command;
    }

    private static async Task<int> RunAsync(
        string config, string path, bool json, InvocationConfiguration invocation, CancellationToken cancellation)
    {
        // The file first: what is wrong with it must change nothing.
        NodeOptions options = NodeOptionsFile.Load(config);
        Hash32 genesis = Setup.GenesisLoader.Load(options.Resolve(options.Genesis)).Hash;
        using Stream stream = Open(path);
        PortableReader reader = new(stream, path, genesis);
        if (reader.Header.Kind == FileKind.SnapshotFile)
        {
            return await SnapshotImport.RunAsync(config, path, stream, json, invocation, cancellation);
        }

        PortableBlocks blocks = new(reader, path);
        using OfflineNode node = OfflineNode.Open(config, mayBeNew: true);
        using Chain chain = OpenChain(node);
        Height before = chain.Head.Height;
        ChainImport import = new(node.Genesis, chain, blocks, new PipelineOptions(), node.Options.TrustedBlock);
        ChainFault? fault = await ProgressView.For("import", "blocks", invocation.Error, json)
            .RunAsync(import.Progress, () => import.Run(cancellation));
        Report(invocation.Output, json, blocks, before, chain.Head, fault);
        return fault is null ? ExitCode.Success : ExitCode.Failure;
    }

    private static Chain OpenChain(OfflineNode node)
    {
        try
        {
            return Chain.Open(
                node.Genesis,
                node.Directory,
                new ChainOptions
                {
                    HashSeed = BitConverter.ToUInt64(RandomNumberGenerator.GetBytes(sizeof(ulong))),
                    CheckpointBlocks = (ulong)node.Options.CheckpointBlocks,
                    ServesSnapshots = node.Options.ServeSnapshots,
                    HistoryBlocks = 0,
                },
                NullLogger.Instance);
        }
        catch (StorageException failure)
        {
            throw StartFailures.Explain(failure, node.Options);
        }
    }

    private static Stream Open(string path)
    {
        if (path == "-")
        {
            return new BufferedStream(Console.OpenStandardInput(), 1 << 20);
        }

        try
        {
            return new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, 1 << 20);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new OperatorException($"--in is '{path}', which cannot be read: {failure.Message}", failure);
        }
    }

    private static void Report(
        TextWriter output, bool json, PortableBlocks blocks, Height before, ChainHead head, ChainFault? fault)
    {
        ulong imported = head.Height.Value - before.Value;
        if (json)
        {
            OfflineOptions.PrintJson(output, new
            {
                sound = fault is null,
                fault = fault is { } wrong
                    ? new { height = wrong.Height.Value, kind = wrong.Kind, reason = wrong.Reason }
                    : null,
                fileFrom = blocks.First.Value,
                fileTo = blocks.Last.Value,
                imported,
                height = head.Height.Value,
                hash = head.Hash.ToString(),
                stateRoot = head.StateRoot.ToString(),
            });
            return;
        }

        if (fault is not null)
        {
            output.WriteLine($"Block {fault.Height} of the file is wrong ({fault.Kind}): {fault.Reason}.");
        }

        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{imported:N0} blocks imported; the node is at height {head.Height.Value:N0}, block {head.Hash}, state "
            + $"{head.StateRoot}."));
    }
}
