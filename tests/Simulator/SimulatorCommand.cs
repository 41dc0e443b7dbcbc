using System.CommandLine;
using EnergyChain.Simulation;
using EnergyChain.Simulation.Faults;

namespace EnergyChain.Simulator;

/// <summary>The command line: how many seeds of what.</summary>
internal static class SimulatorCommand
{
    public const int WrongUsage = 2;

    private const int MaxSeeds = 10_000_000;

    public static RootCommand Create()
    {
        Option<int> seeds = Number("--seeds", "Seeds to run, from 1 on", 200, 1, MaxSeeds);
        Option<ulong?> seed = new("--seed") { Description = "One seed alone, as a failure names it" };
        Option<int> nodes = Number("--nodes", "Members of the council", 4, 1, SimulationOptions.MaxNodes);
        Option<int> heights = Number("--heights", "Heights under faults", 30, 1, SimulationOptions.MaxHeights);
        Option<string> faults = new("--faults")
        {
            Description = $"all, none, or a list of {string.Join(", ", FaultList.Names)}",
            DefaultValueFactory = _ => FaultList.All,
        };
        faults.Validators.Add(result =>
        {
            if (!FaultList.TryParse(result.GetValueOrDefault<string>(), out _, out string mistake))
            {
                result.AddError(mistake);
            }
        });
        Option<int> byzantine = Number(
            "--byzantine", "Members that break the rules; over a third a violation is to be expected", 0, 0,
            SimulationOptions.MaxNodes);
        Option<bool> liveness = new("--liveness")
        {
            Description = "Afterwards heal a quorum, leave all else broken, and see it go on",
        };
        Option<bool> json = new("--json") { Description = "One line of JSON for each seed" };
        RootCommand root = new("Simulates whole councils under faults. Equal seeds give equal runs.")
        {
            seeds, seed, nodes, heights, faults, byzantine, liveness, json,
        };
        root.SetAction(parsed =>
        {
            if (parsed.GetValue(byzantine) > parsed.GetValue(nodes))
            {
                Console.Error.WriteLine("--byzantine is more than there are --nodes.");
                return WrongUsage;
            }

            _ = FaultList.TryParse(parsed.GetValue(faults), out FaultClass classes, out _);
            SimulationOptions options = new()
            {
                Nodes = parsed.GetValue(nodes),
                Heights = parsed.GetValue(heights),
                Faults = classes,
                Byzantine = parsed.GetValue(byzantine),
                Liveness = parsed.GetValue(liveness),
            };
            ulong[] which = parsed.GetValue(seed) is { } one
                ? [one]
                : [.. Enumerable.Range(1, parsed.GetValue(seeds)).Select(static number => (ulong)number)];
            return new SeedRunner(options, parsed.GetValue(json), Console.Out, Console.Error).Run(which);
        });
        return root;
    }

    private static Option<int> Number(string name, string description, int start, int least, int most)
    {
        Option<int> option = new(name) { Description = description, DefaultValueFactory = _ => start };
        option.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<int>() < least || result.GetValueOrDefault<int>() > most)
            {
                result.AddError($"{name} is {least} to {most}.");
            }
        });
        return option;
    }
}
