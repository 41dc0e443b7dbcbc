using System.CommandLine;
using System.Globalization;
using EnergyChain.Node.Hosting;
using EnergyChain.Node.Offline;
using EnergyChain.Node.Storage.Portable;
using EnergyChain.Node.Verification;

namespace EnergyChain.Node.Commands;

/// <summary>
/// <c>snapshot --config FILE --out FILE|--list</c>: the newest checkpoint as a file that another machine can
/// begin with.
/// </summary>
internal static class SnapshotCommand
{
    public static Command Create()
    {
        Option<string> config = OfflineOptions.Config();
        Option<string?> output = new("--out") { Description = "File to write; - for standard output" };
        Option<bool> list = new("--list") { Description = "Show the checkpoints and whether the chain proves them" };
        Option<bool> json = OfflineOptions.Json();
        Command command = new("snapshot", "Writes the newest checkpoint as a snapshot file, or lists checkpoints.")
        {
            config, output, list, json,
        };
        command.SetAction((parsed, cancellation) => OfflineOptions.RunAsync(
            () => RunAsync(
                parsed.GetRequiredValue(config),
                parsed.GetValue(output),
                parsed.GetValue(list),
                parsed.GetValue(json),
                parsed.InvocationConfiguration,
                cancellation),
            parsed.InvocationConfiguration.Error));
        return command;
    }

    private static async Task<int> RunAsync(
        string config,
        string? path,
        bool list,
        bool json,
        InvocationConfiguration invocation,
        CancellationToken cancellation)
    {
        if (list == (path is not null))
        {
            throw new OperatorException("snapshot needs one of --out FILE and --list.");
        }

        using OfflineNode node = OfflineNode.Open(config, mayBeNew: false);
        using LookedAtChain chain = LookedAtChain.Open(node.Directory);
        if (path is null)
        {
            List(node, chain, invocation.Output, json);
            return ExitCode.Success;
        }

        ProvenCheckpoint checkpoint = SnapshotExport.Newest(node.Genesis, chain, out string reasons)
            ?? throw new OperatorException($"No snapshot can be made: {reasons}.", ExitCode.Failure);
        bool isPipe = path == "-";
        using OutputFile file = OfflineOptions.CreateFile(path);
        WorkProgress progress = new((ulong)(checkpoint.State.AccountCount / Core.Limits.SnapshotChunkLeaves) + 1);
        await ProgressView.For("snapshot", "chunks", invocation.Error, json && !isPipe).RunAsync(progress, () =>
        {
            SnapshotExport.Write(file.Stream, node.Genesis, chain, checkpoint, progress, cancellation);
            file.Complete();
            return true;
        });
        Report(isPipe ? invocation.Error : invocation.Output, json, path, checkpoint);
        return ExitCode.Success;
    }

    private static void Report(TextWriter output, bool json, string path, ProvenCheckpoint checkpoint)
    {
        long? bytes = path == "-" ? null : new FileInfo(path).Length;
        if (json)
        {
            OfflineOptions.PrintJson(output, new
            {
                file = path,
                height = checkpoint.Head.Height.Value,
                hash = checkpoint.Head.BlockHash.ToString(),
                stateRoot = checkpoint.Head.StateRoot.ToString(),
                accounts = checkpoint.State.AccountCount,
                bytes,
            });
            return;
        }

        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"The state after block {checkpoint.Head.Height.Value:N0} ({checkpoint.Head.BlockHash}), "
            + $"{checkpoint.State.AccountCount:N0} accounts, is in {path}"
            + $"{(bytes is { } count ? $", {count:N0} bytes" : string.Empty)}."));
    }

    private static void List(OfflineNode node, LookedAtChain chain, TextWriter output, bool json)
    {
        var rows = chain.Checkpoints.Heights().Select(height =>
        {
            ProvenCheckpoint? proven = ProvenCheckpoint.Find(node.Genesis, chain, height, out string reason);
            return new
            {
                height = height.Value,
                proven = proven is not null,
                stateRoot = proven?.Head.StateRoot.ToString(),
                accounts = proven?.State.AccountCount,
                reason = proven is null ? reason : null,
            };
        }).ToArray();
        if (json)
        {
            OfflineOptions.PrintJson(output, rows);
            return;
        }

        output.WriteLine(rows.Length == 0 ? "There is no checkpoint yet." : $"{rows.Length} checkpoints");
        foreach (var row in rows)
        {
            output.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"  {row.height,12:N0}  {(row.proven ? $"proven, {row.accounts:N0} accounts, state {row.stateRoot}"
                    : $"not proven: {row.reason}")}"));
        }
    }
}
