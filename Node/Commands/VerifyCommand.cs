using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using EnergyChain.Node.Hosting;
using EnergyChain.Node.Offline;
using EnergyChain.Node.Verification;

namespace EnergyChain.Node.Commands;

/// <summary>
/// <c>verify --config FILE</c>: the whole chain of a node that does not run, from its files alone. Nothing is changed.
/// </summary>
internal static class VerifyCommand
{
    public static Command Create()
    {
        Option<string> config = OfflineOptions.Config();
        Option<ulong?> from = OfflineOptions.HeightOf("--from", "First block; without it the first there is");
        Option<ulong?> to = OfflineOptions.HeightOf("--to", "Last block; without it the last there is");
        Option<bool> noExecution = new("--no-execution")
        {
            Description = "Links, certificates, signatures and contents only, no state and receipts",
        };
        Option<bool> json = OfflineOptions.Json();
        Command command = new(
            "verify", "Verifies a node's chain: links, certificates, signatures, roots, state and receipts by replay.")
        {
            config, from, to, noExecution, json,
        };
        command.SetAction((parsed, cancellation) => OfflineOptions.RunAsync(
            () => RunAsync(
                parsed.GetRequiredValue(config),
                new VerifyRequest(
                    OfflineOptions.AsHeight(parsed.GetValue(from)),
                    OfflineOptions.AsHeight(parsed.GetValue(to)),
                    !parsed.GetValue(noExecution)),
                parsed.GetValue(json),
                parsed.InvocationConfiguration,
                cancellation),
            parsed.InvocationConfiguration.Error));
        return command;
    }

    private static async Task<int> RunAsync(
        string config,
        VerifyRequest request,
        bool json,
        InvocationConfiguration invocation,
        CancellationToken cancellation)
    {
        using OfflineNode node = OfflineNode.Open(config, mayBeNew: false);
        using LookedAtChain chain = LookedAtChain.Open(node.Directory);
        VerifyJob job = new(node.Genesis, chain, request);
        job.RequireRange();
        long began = Stopwatch.GetTimestamp();
        VerifyReport report = await ProgressView.For("verify", "blocks", invocation.Error, json)
            .RunAsync(job.Progress, () => job.Run(cancellation));
        double seconds = Stopwatch.GetElapsedTime(began).TotalSeconds;
        if (json)
        {
            PrintJson(invocation.Output, report, seconds);
        }
        else
        {
            Print(invocation.Output, report, seconds);
        }

        return report.Fault is null ? ExitCode.Success : ExitCode.Failure;
    }

    private static void Print(TextWriter output, VerifyReport report, double seconds)
    {
        if (report.Fault is { } fault)
        {
            output.WriteLine($"Block {fault.Height} is wrong ({fault.Kind}): {fault.Reason}.");
        }

        if (report.Blocks > 0)
        {
            output.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"Blocks {report.From.Value:N0} to {report.From.Value + report.Blocks - 1:N0} are sound: "
                + $"{report.Transactions:N0} transactions, {report.Executed:N0} blocks executed, receipts of "
                + $"{report.Receipts:N0} compared, {report.ErasedMemos:N0} memos erased; {seconds:F1} s, "
                + $"{report.Transactions / Math.Max(seconds, 0.001):N0} transactions/s."));
            output.WriteLine($"The last of them is {report.HeadHash}"
                + (report.StateRoot is { } root ? $", the state after it {root}." : "."));
        }

        report.Notes.ForEach(output.WriteLine);
    }

    private static void PrintJson(TextWriter output, VerifyReport report, double seconds) =>
        OfflineOptions.PrintJson(output, new
        {
            sound = report.Fault is null,
            fault = report.Fault is { } fault
                ? new { height = fault.Height.Value, kind = fault.Kind, reason = fault.Reason }
                : null,
            from = report.From.Value,
            to = report.To.Value,
            blocks = report.Blocks,
            transactions = report.Transactions,
            erasedMemos = report.ErasedMemos,
            executedFrom = report.ExecutedFrom?.Value,
            executed = report.Executed,
            receipts = report.Receipts,
            headHash = report.HeadHash?.ToString(),
            stateRoot = report.StateRoot?.ToString(),
            seconds,
            notes = report.Notes,
        });
}
