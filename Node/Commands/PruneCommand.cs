using System.CommandLine;
using System.Globalization;
using EnergyChain.Node.Hosting;
using EnergyChain.Node.Offline;

namespace EnergyChain.Node.Commands;

/// <summary><c>prune --config FILE --keep BLOCKS|DAYSd</c>: removes old blocks and receipts.</summary>
internal static class PruneCommand
{
    public static Command Create()
    {
        Option<string> config = OfflineOptions.Config();
        Option<string> keep = new("--keep")
        {
            Description = "Blocks that stay at least, such as 100000, or those of so many days, such as 30d",
            Required = true,
        };
        Option<bool> yes = OfflineOptions.Yes();
        Option<bool> json = OfflineOptions.Json();
        Command command = new(
            "prune", "Removes old blocks and receipts; the node is then as one that joined by a snapshot.")
        {
            config, keep, yes, json,
        };
        command.SetAction((parsed, _) => OfflineOptions.RunAsync(
            () => Task.FromResult(Run(
                parsed.GetRequiredValue(config),
                KeptBlocks.Parse(parsed.GetRequiredValue(keep)),
                parsed.GetValue(yes),
                parsed.GetValue(json),
                parsed.InvocationConfiguration)),
            parsed.InvocationConfiguration.Error));
        return command;
    }

    private static int Run(string config, KeptBlocks keep, bool yes, bool json, InvocationConfiguration invocation)
    {
        using OfflineNode node = OfflineNode.Open(config, mayBeNew: false);
        Pruning pruning = new(node.Genesis, node.Directory);
        PrunePlan plan = PlanOf(node, pruning, keep);
        if (!json)
        {
            Describe(invocation.Output, plan);
        }

        if (plan.Bytes > 0 && !yes && !IsConfirmed(invocation))
        {
            invocation.Output.WriteLine("Nothing was removed.");
            return ExitCode.Success;
        }

        long freed = plan.Bytes > 0 ? pruning.Run(plan) : 0;
        Report(invocation.Output, json, plan, freed);
        return ExitCode.Success;
    }

    private static PrunePlan PlanOf(OfflineNode node, Pruning pruning, KeptBlocks keep)
    {
        using LookedAtChain chain = LookedAtChain.Open(node.Directory);
        return pruning.Plan(chain, keep, out string reasons) ?? throw new OperatorException(
            $"Nothing was removed: without a sound checkpoint the node needs every block. {reasons}",
            ExitCode.Failure);
    }

    private static void Describe(TextWriter output, PrunePlan plan)
    {
        foreach (string note in plan.Notes)
        {
            output.WriteLine(note);
        }

        if (plan.Bytes == 0)
        {
            output.WriteLine(
                $"Nothing to remove: blocks go in whole segments, and none ends before block {plan.Wanted}.");
            return;
        }

        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"Blocks up to {plan.First.Value - 1:N0} go ({plan.Blocks:N0} of them), {plan.Bytes:N0} bytes with their "
            + $"receipts; blocks from {plan.First.Value:N0} on stay, and nobody can get older ones from this node."));
    }

    private static bool IsConfirmed(InvocationConfiguration invocation)
    {
        if (!ReferenceEquals(invocation.Output, Console.Out) || Console.IsInputRedirected)
        {
            throw new OperatorException("prune removes blocks for good; say --yes where nobody can be asked.");
        }

        invocation.Output.Write("Remove them? [y/N] ");
        return Console.In.ReadLine()?.Trim() is "y" or "Y" or "yes";
    }

    private static void Report(TextWriter output, bool json, PrunePlan plan, long freed)
    {
        if (json)
        {
            OfflineOptions.PrintJson(output, new
            {
                firstBlock = plan.First.Value,
                removedBlocks = freed > 0 ? plan.Blocks : 0,
                freedBytes = freed,
                checkpoint = plan.Checkpoint.Value,
                notes = plan.Notes,
            });
        }
        else if (freed > 0)
        {
            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{freed:N0} bytes are free."));
        }
    }
}
