using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using EnergyChain.Core.Primitives;
using EnergyChain.Node.Hosting;
using EnergyChain.Node.Index;
using EnergyChain.Node.Index.Parts;
using EnergyChain.Node.Offline;
using EnergyChain.Node.Storage;
using EnergyChain.Node.Verification;
using Microsoft.Extensions.Logging.Abstractions;

namespace EnergyChain.Node.Commands;

/// <summary>
/// <c>index rebuild --config FILE</c>: the history index built anew from the block log of a node that does not run.
/// </summary>
internal static class IndexCommand
{
    public static Command Create()
    {
        Option<string> config = OfflineOptions.Config();
        Option<bool> json = OfflineOptions.Json();
        Command rebuild = new("rebuild", "Builds the history index anew from the block log; goes on where it stopped.")
        {
            config, json,
        };
        rebuild.SetAction((parsed, cancellation) => OfflineOptions.RunAsync(
            () => RebuildAsync(
                parsed.GetRequiredValue(config),
                parsed.GetValue(json),
                parsed.InvocationConfiguration,
                cancellation),
            parsed.InvocationConfiguration.Error));
        return new Command("index", "The history index of a node.") { rebuild };
    }

    private static async Task<int> RebuildAsync(
        string config, bool json, InvocationConfiguration invocation, CancellationToken cancellation)
    {
        using OfflineNode node = OfflineNode.Open(config, mayBeNew: false);
        DataDirectory directory = node.Directory;
        using BlockLog blocks = BlockLog.Open(
            directory.Disk, directory.Blocks, node.Genesis.Hash, NullLogger.Instance);
        using ReceiptLog receipts = ReceiptLog.Open(
            directory.Disk, directory.Receipts, node.Genesis.Hash, NullLogger.Instance, mayStartLater: true);
        LogIndexSource source = new(blocks, receipts);
        IndexRebuild rebuild = new(
            directory.Disk,
            Path.Combine(node.Options.Resolve(node.Options.DataDirectory), "index"),
            node.Genesis.Hash,
            new IndexTuning(),
            node.Options.IndexKeepDays,
            NullLogger.Instance);
        if (!json && rebuild.IsResumed)
        {
            await invocation.Output.WriteLineAsync("Going on with a rebuild that was interrupted.");
        }

        long began = Stopwatch.GetTimestamp();
        PartRange? held = await RunAsync(rebuild, source, json, invocation.Error, cancellation);
        Report(held, blocks.Last, Stopwatch.GetElapsedTime(began), json, invocation.Output);
        return ExitCode.Success;
    }

    private static async Task<PartRange?> RunAsync(
        IndexRebuild rebuild, LogIndexSource source, bool json, TextWriter error, CancellationToken cancellation)
    {
        ulong before = source.First.Value - 1;
        WorkProgress progress = new(Math.Max(source.Last.Value, before) - before);
        try
        {
            return await ProgressView.For("index", "blocks", error, json).RunAsync(
                progress,
                () => rebuild.Run(source, height => progress.Reach(height.Value - before), cancellation));
        }
        catch (IndexSourceException failure)
        {
            throw new OperatorException(
                $"{failure.Message} Start the node, which fetches damaged blocks from its peers, or rebuild later.",
                failure,
                ExitCode.Failure);
        }
    }

    private static void Report(PartRange? held, Height last, TimeSpan time, bool json, TextWriter output)
    {
        if (json)
        {
            OfflineOptions.PrintJson(output, new
            {
                firstHeight = held?.First.Value ?? 0,
                lastHeight = held?.Last.Value ?? 0,
                headHeight = last.Value,
                seconds = Math.Round(time.TotalSeconds, 2),
            });
            return;
        }

        string text = held is { } range ? $"blocks {range.First} to {range.Last}" : "no block";
        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture, $"The history index holds {text}, after {time.TotalSeconds:F1} s."));
        if (held is { } part && part.Last < last)
        {
            output.WriteLine(
                $"The receipts of blocks {part.Last.Next} to {last} come when the node starts, "
                + "and with them the rest.");
        }
    }
}
