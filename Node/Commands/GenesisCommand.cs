using System.CommandLine;
using EnergyChain.Core.Chain;
using EnergyChain.Ledger.GenesisFormat;
using EnergyChain.Node.Hosting;
using EnergyChain.Node.Setup;
using EnergyChain.Node.Site;

namespace EnergyChain.Node.Commands;

/// <summary><c>genesis</c>: the genesis file of a local network with the public development keys.</summary>
internal static class GenesisCommand
{
    public static Command Create()
    {
        Option<string> output = new("--out")
        {
            Description = "File to write",
            DefaultValueFactory = _ => "genesis.json",
        };
        Option<int> validators = new("--validators") { Description = "Council members", DefaultValueFactory = _ => 4 };
        Option<int> slotSeconds = new("--slot-seconds")
        {
            Description = "Seconds of a market slot",
            DefaultValueFactory = _ => 2,
        };
        Command command = new(
            "genesis", "Writes the genesis file of a local network. Its keys are public: for tests and demos only.")
        {
            output, validators, slotSeconds,
        };
        command.SetAction(parsed =>
        {
            int seconds = parsed.GetValue(slotSeconds);
            int members = parsed.GetValue(validators);
            if (seconds is < MarketTiming.LeastSlotSeconds or > MarketTiming.MostSlotSeconds)
            {
                throw OperatorException.ForOption(
                    "--slot-seconds", seconds, $"{MarketTiming.LeastSlotSeconds} to {MarketTiming.MostSlotSeconds}");
            }

            if (members is < 1 or > 16)
            {
                throw OperatorException.ForOption("--validators", members, "1 to 16");
            }

            Genesis genesis = GenesisPlan.Development(members, MarketTiming.For(seconds)).Build();
            string path = Path.GetFullPath(parsed.GetValue(output)!);
            Write(path, GenesisFile.Write(genesis));
            parsed.InvocationConfiguration.Output.WriteLine($"Wrote {path}, genesis hash {genesis.Hash}.");
        });
        return command;
    }

    private static void Write(string path, byte[] genesis)
    {
        try
        {
            File.WriteAllBytes(path, genesis);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new OperatorException($"--out '{path}' cannot be written: {error.Message}", error);
        }
    }
}
