using System.Globalization;
using EnergyChain.Core.Crypto;
using EnergyChain.Node.Execution;
using EnergyChain.Node.Hosting;
using EnergyChain.Node.Setup;

namespace EnergyChain.Benchmarks.Storage;

/// <summary>
/// The relay of the storage benchmark, in a process of its own: says when it is up and what memory it takes, in kB by
/// the kernel.
/// </summary>
internal static class RelayChild
{
    public const string Option = "--relay";
    public const string Up = "up";

    /// <param name="folder">Where <see cref="LargeChain.Write"/> wrote.</param>
    /// <param name="checkpointAt">The height at which it is to write a checkpoint: its next one.</param>
    public static async Task<int> RunAsync(string folder, int checkpointAt)
    {
        using SigningKey key = DevelopmentKeys.Relay(1);
        KeyFile.Write(Path.Combine(folder, "node.key"), key);
        NodeOptions options = new()
        {
            PeerListen = "127.0.0.1:0",
            ApiListen = "127.0.0.1:0",
            CheckpointBlocks = checkpointAt,
            LogLevel = "Warning",
            BaseDirectory = folder,
        };
        await using NodeHost host = await NodeHost.StartAsync(options, null, CancellationToken.None);
        Console.WriteLine(Up);
        Print("resident after start", "VmRSS");
        using LargeChain chain = new(folder, 1);
        string checkpoint = Path.Combine(folder, "data", "state", $"{checkpointAt:D20}.checkpoint");
        CommitOutcome outcome = host.Chain.Commit(chain.Next(host.Chain.Head, 0));
        while (outcome == CommitOutcome.Committed && !File.Exists(checkpoint))
        {
            await Task.Delay(TimeSpan.FromMilliseconds(50));
        }

        // The snapshot for others is written after it.
        await Task.Delay(TimeSpan.FromSeconds(2));
        Print("resident after a checkpoint", "VmRSS");
        Print("most resident", "VmHWM");
        return outcome == CommitOutcome.Committed ? 0 : 1;
    }

    private static void Print(string name, string field)
    {
        string line = File.ReadLines("/proc/self/status")
            .First(line => line.StartsWith(field + ":", StringComparison.Ordinal));
        string[] words = line.Split([' ', '\t'], StringSplitOptions.RemoveEmptyEntries);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{name}={words[1]}"));
    }
}
