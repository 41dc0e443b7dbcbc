using System.CommandLine;
using System.Globalization;
using EnergyChain.Core.Primitives;
using EnergyChain.Node.Hosting;
using EnergyChain.Node.Offline;
using EnergyChain.Node.Storage.Portable;
using EnergyChain.Node.Verification;

namespace EnergyChain.Node.Commands;

/// <summary><c>export --config FILE --out FILE</c>: blocks with their certificates in one portable file.</summary>
internal static class ExportCommand
{
    public static Command Create()
    {
        Option<string> config = OfflineOptions.Config();
        Option<string> output = new("--out")
        {
            Description = "File to write, which must not be there; - for standard output",
            Required = true,
        };
        Option<ulong?> from = OfflineOptions.HeightOf("--from", "First block; without it the first there is");
        Option<ulong?> to = OfflineOptions.HeightOf("--to", "Last block; without it the last there is");
        Option<bool> json = OfflineOptions.Json();
        Command command = new("export", "Writes a node's blocks with their certificates into one file.")
        {
            config, output, from, to, json,
        };
        command.SetAction((parsed, cancellation) => OfflineOptions.RunAsync(
            () => RunAsync(
                parsed.GetRequiredValue(config),
                parsed.GetRequiredValue(output),
                new VerifyRequest(
                    OfflineOptions.AsHeight(parsed.GetValue(from)), OfflineOptions.AsHeight(parsed.GetValue(to))),
                parsed.GetValue(json),
                parsed.InvocationConfiguration,
                cancellation),
            parsed.InvocationConfiguration.Error));
        return command;
    }

    private static async Task<int> RunAsync(
        string config,
        string path,
        VerifyRequest request,
        bool json,
        InvocationConfiguration invocation,
        CancellationToken cancellation)
    {
        using OfflineNode node = OfflineNode.Open(config, mayBeNew: false);
        using LookedAtChain chain = LookedAtChain.Open(node.Directory);
        if (chain.Blocks.Last == Height.Genesis)
        {
            throw OperatorException.ForOption(
                "dataDirectory", node.Options.DataDirectory, "the folder of a node that has blocks");
        }

        VerifyJob range = new(node.Genesis, chain, request);
        range.RequireRange();
        bool isPipe = path == "-";
        using OutputFile file = OfflineOptions.CreateFile(path);
        await ProgressView.For("export", "blocks", invocation.Error, json && !isPipe).RunAsync(range.Progress, () =>
        {
            ChainExport.Write(
                file.Stream, node.Genesis, chain, range.From, range.To, range.Progress, cancellation);
            file.Complete();
            return true;
        });
        Report(isPipe ? invocation.Error : invocation.Output, json, path, range);
        return ExitCode.Success;
    }

    private static void Report(TextWriter output, bool json, string path, VerifyJob range)
    {
        long? bytes = path == "-" ? null : new FileInfo(path).Length;
        if (json)
        {
            OfflineOptions.PrintJson(output, new { file = path, from = range.From.Value, to = range.To.Value, bytes });
            return;
        }

        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"Blocks {range.From.Value:N0} to {range.To.Value:N0} are in {path}"
            + $"{(bytes is { } count ? $", {count:N0} bytes" : string.Empty)}."));
    }
}
