using System.CommandLine;
using EnergyChain.Node.Setup;

namespace EnergyChain.Node.Commands;

/// <summary><c>testnet</c>: keys, configs and genesis for a network of real machines.</summary>
internal static class TestnetCommand
{
    public static Command Create()
    {
        Option<int> validators = new("--validators") { Description = "Council members", DefaultValueFactory = _ => 4 };
        Option<int> relays = new("--relays") { Description = "Relay nodes", DefaultValueFactory = _ => 2 };
        Option<string> folder = new("--out") { Description = "Folder for the files; must be new", Required = true };
        Option<int> basePort = new("--base-port")
        {
            Description = "Peer port; the API listens on the next",
            DefaultValueFactory = _ => 30_300,
        };
        Option<string> hosts = new("--hosts")
        {
            Description = "Hosts of the nodes separated by commas, validators first; without it all on 127.0.0.1",
            DefaultValueFactory = _ => string.Empty,
        };
        Option<ulong> chainId = new("--chain-id") { Description = "Chain id", DefaultValueFactory = _ => 7_002 };
        Option<int> slotSeconds = new("--slot-seconds")
        {
            Description = "Seconds of a market slot",
            DefaultValueFactory = _ => 900,
        };
        Command command = new("testnet", "Writes keys, configs and genesis for the machines of a network.")
        {
            validators, relays, folder, basePort, hosts, chainId, slotSeconds,
        };
        command.SetAction(parsed =>
        {
            TestnetOptions options = new()
            {
                Validators = parsed.GetValue(validators),
                Relays = parsed.GetValue(relays),
                Out = parsed.GetRequiredValue(folder),
                BasePort = parsed.GetValue(basePort),
                Hosts = parsed.GetValue(hosts)!.Split(',', StringSplitOptions.RemoveEmptyEntries),
                ChainId = parsed.GetValue(chainId),
                SlotSeconds = parsed.GetValue(slotSeconds),
            };
            IReadOnlyList<string> folders = new TestnetWriter(options, TimeProvider.System).Write();
            Explain(parsed.InvocationConfiguration.Output, options, folders);
        });
        return command;
    }

    private static void Explain(TextWriter output, TestnetOptions options, IReadOnlyList<string> folders)
    {
        output.WriteLine($"Wrote {folders.Count} nodes to {Path.GetFullPath(options.Out)}:");
        foreach (string folder in folders)
        {
            output.WriteLine($"  {Path.GetFileName(folder)}/  node.json  node.key  genesis.json");
        }

        output.WriteLine("Next:");
        output.WriteLine("  1. Copy each folder to its machine. node.key is secret; genesis.json is the same for all.");
        output.WriteLine("  2. There: energychain-node run --config node.json");
        output.WriteLine($"  3. Blocks begin when more than two thirds of the {options.Validators} validators are up.");
        output.WriteLine("  operator.key registers sites and publishes tariffs, grid.key holds the grid fees:");
        output.WriteLine("  keep them off the nodes. docs/operations.md has the rest.");
    }
}
