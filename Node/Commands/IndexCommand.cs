using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using EnergyChain.Core.Chain;
using EnergyChain.Core.Primitives;
using EnergyChain.Node.Hosting;
using EnergyChain.Node.Index;
using EnergyChain.Node.Index.Parts;
using EnergyChain.Node.Setup;
using EnergyChain.Node.Storage;
using Microsoft.Extensions.Logging.Abstractions;
using Spectre.Console;

namespace EnergyChain.Node.Commands;

/// <summary>
/// <c>index rebuild --config FILE</c>: the history index built anew from the block log of a node that does not run.
/// </summary>
internal static class IndexCommand
{
    private const ulong LineBlocks = 1_000;

    private static readonly JsonSerializerOptions Format = new(JsonSerializerDefaults.Web);

    public static Command Create()
    {
        Option<string> config = new("--config")
        {
            Description = "Config file of the node (JSON); the node must not run",
            Required = true,
        };
        Option<bool> json = new("--json") { Description = "One JSON object on standard output" };
        Command rebuild = new("rebuild", "Builds the history index anew from the block log; goes on where it stopped.")
        {
            config, json,
        };
        rebuild.SetAction((parsed, cancellation) => Task.FromResult(Rebuild(
            NodeOptionsFile.Load(parsed.GetRequiredValue(config)),
            parsed.GetValue(json),
            parsed.InvocationConfiguration.Output,
            cancellation)));
        return new Command("index", "The history index of a node.") { rebuild };
    }

    private static int Rebuild(NodeOptions options, bool json, TextWriter output, CancellationToken cancellation)
    {
        try
        {
            return RunOn(options, json, output, cancellation);
        }
        catch (StorageException failure)
        {
            throw StartFailures.Explain(failure, options);
        }
        catch (IndexSourceException failure)
        {
            throw new OperatorException(
                $"{failure.Message} Start the node, which fetches damaged blocks from its peers, or rebuild later.",
                failure,
                ExitCode.Failure);
        }
    }

    private static int RunOn(NodeOptions options, bool json, TextWriter output, CancellationToken cancellation)
    {
        Genesis genesis = GenesisLoader.Load(options.Resolve(options.Genesis));
        string folder = options.Resolve(options.DataDirectory);
        if (!File.Exists(Path.Combine(folder, "format")))
        {
            throw OperatorException.ForOption(
                "dataDirectory", options.DataDirectory, "the data of a node that has run");
        }

        using DataDirectory directory = DataDirectory.Open(folder, genesis.Hash);
        using BlockLog blocks = BlockLog.Open(
            directory.Disk, directory.Blocks, genesis.Hash, NullLogger.Instance);
        using ReceiptLog receipts = ReceiptLog.Open(
            directory.Disk, directory.Receipts, genesis.Hash, NullLogger.Instance, mayStartLater: true);
        LogIndexSource source = new(blocks, receipts);
        IndexRebuild rebuild = new(
            directory.Disk,
            Path.Combine(folder, "index"),
            genesis.Hash,
            new IndexTuning(),
            options.IndexKeepDays,
            NullLogger.Instance);
        if (!json && rebuild.IsResumed)
        {
            output.WriteLine("Going on with a rebuild that was interrupted.");
        }

        long began = Stopwatch.GetTimestamp();
        PartRange? held = WithProgress(source, json, output, progress => rebuild.Run(source, progress, cancellation));
        Report(held, blocks.Last, Stopwatch.GetElapsedTime(began), json, output);
        return ExitCode.Success;
    }

    private static PartRange? WithProgress(
        LogIndexSource source, bool json, TextWriter output, Func<Action<Height>, PartRange?> run)
    {
        if (json)
        {
            return run(static _ => { });
        }

        if (!ReferenceEquals(output, Console.Out) || Console.IsOutputRedirected)
        {
            return run(height =>
            {
                if (height.Value % LineBlocks == 0)
                {
                    output.WriteLine($"  block {height} of {source.Last}");
                }
            });
        }

        return AnsiConsole.Progress().Start(context =>
        {
            double first = source.First.Value;
            ProgressTask task = context.AddTask("history index", maxValue: source.Last.Value - first + 1);
            PartRange? held = run(height => task.Value = height.Value - first + 1);
            task.Value = task.MaxValue;
            return held;
        });
    }

    private static void Report(PartRange? held, Height last, TimeSpan time, bool json, TextWriter output)
    {
        if (json)
        {
            output.WriteLine(JsonSerializer.Serialize(
                new
                {
                    firstHeight = held?.First.Value ?? 0,
                    lastHeight = held?.Last.Value ?? 0,
                    headHeight = last.Value,
                    seconds = Math.Round(time.TotalSeconds, 2),
                },
                Format));
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
