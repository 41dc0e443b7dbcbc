using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using EnergyChain.Core.Chain;
using EnergyChain.Core.Crypto;
using EnergyChain.Core.Primitives;
using EnergyChain.Node.Execution;
using EnergyChain.Node.Hosting;
using EnergyChain.Node.Setup;
using EnergyChain.Node.Site;

namespace EnergyChain.Benchmarks.Faults;

/// <summary>
/// The command line of <c>benchmarks -- flood</c>: honest finality and memory, quiet and under each attack. Nodes and
/// attacker share this process and its processors, so the figures err on the attacker's side.
/// </summary>
internal static class FloodCommand
{
    private const int HonestPerSecond = 10;
    private const int DefaultSeconds = 20;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);
    private static readonly JsonSerializerOptions Json = new() { WriteIndented = true };

    private static readonly (string Name, Func<FloodAttacks, Task> Attack)[] Phases =
    [
        ("1,000 idle connections", static attacks => attacks.IdleConnectionsAsync()),
        ("slow readers", static attacks => attacks.SlowReadersAsync()),
        ("future-round votes", static attacks => attacks.FutureVotesAsync()),
        ("bad signatures", static attacks => attacks.BadSignaturesAsync()),
        ("transactions", static attacks => attacks.TransactionsAsync()),
    ];

    public static async Task<int> RunAsync(string[] arguments)
    {
        if (!TryParse(arguments, out int seconds, out string only))
        {
            await Console.Error.WriteLineAsync("usage: benchmarks flood [--json] [--seconds 1..3600] [--only ATTACK]");
            return 2;
        }

        ThreadPoolSize.Raise(nodes: 4);
        await using FloodNetwork network = await FloodNetwork.StartAsync();
        await PhaseAsync(network, "warm-up", 5, null, null);
        FloodRow quiet = await PhaseAsync(network, "quiet", seconds, null, null);
        List<FloodRow> rows = [quiet];
        foreach ((string name, Func<FloodAttacks, Task> attack) in Phases.Where(phase => phase.Name.Contains(only)))
        {
            rows.Add(await PhaseAsync(network, name, seconds, attack, quiet));
            await Task.Delay(2_000);
        }

        Print(rows, arguments.Contains("--json"));
        return 0;
    }

    private static bool TryParse(string[] arguments, out int seconds, out string only)
    {
        int at = Array.IndexOf(arguments, "--seconds");
        int name = Array.IndexOf(arguments, "--only");
        seconds = DefaultSeconds;
        only = name >= 0 && name + 1 < arguments.Length ? arguments[name + 1] : "";
        string phase = only;
        return Phases.Any(each => each.Name.Contains(phase))
            && (at < 0 || (at + 1 < arguments.Length
                && int.TryParse(arguments[at + 1], CultureInfo.InvariantCulture, out seconds)
                && seconds is >= 1 and <= 3_600));
    }

    private static async Task<FloodRow> PhaseAsync(
        FloodNetwork network, string name, int seconds, Func<FloodAttacks, Task>? attack, FloodRow? quiet)
    {
        using CancellationTokenSource stop = new();
        FloodAttacks attacks = new(network, stop.Token);
        Task under = attack is null ? Task.CompletedTask : attack(attacks);
        GC.Collect();
        using FloodStages stages = new();
        IChain chain = network.Relay.Chain;
        Height before = chain.Head.Height;
        using SigningKey demo = DevelopmentKeys.Demo();
        using TransactionSender sender = new(chain, network.Relay.Pool, TimeProvider.System);
        List<Task<double>> honest = [];
        long start = Stopwatch.GetTimestamp();
        double peak = 0;
        while (Stopwatch.GetElapsedTime(start).TotalSeconds < seconds)
        {
            honest.Add(SendAsync(sender, demo));
            peak = Math.Max(peak, Environment.WorkingSet / 1048576.0);
            await Task.Delay(1_000 / HonestPerSecond);
        }

        double[] times = [.. (await Task.WhenAll(honest)).Order()];
        Height after = chain.Head.Height;
        await stop.CancelAsync();
        try
        {
            await under;
        }
        catch (OperationCanceledException)
        {
            // It ends when it is told to.
        }

        double p99 = times[Math.Min((int)(times.Length * 0.99), times.Length - 1)];
        FloodRow row = new(
            name,
            times.Length,
            times.Count(time => time < Patience.TotalMilliseconds),
            times[times.Length / 2],
            p99,
            quiet is null ? 1 : p99 / quiet.P99Ms,
            after.Value - before.Value,
            TransactionsIn(chain, before, after),
            attacks.Acts,
            peak);
        await Console.Error.WriteLineAsync(row.ToString());
        await Console.Error.WriteLineAsync(stages.ToString());
        return row;
    }

    private static async Task<double> SendAsync(TransactionSender sender, SigningKey key)
    {
        long start = Stopwatch.GetTimestamp();
        try
        {
            SentTransaction sent = await sender.SendAsync(new TransactionDraft(
                "honest", key, null, Address.FromNumber(0xABCD), 1, default, new Gas(21_000))).WaitAsync(Patience);
            return sent.Succeeded ? Stopwatch.GetElapsedTime(start).TotalMilliseconds : Patience.TotalMilliseconds;
        }
        catch (TimeoutException)
        {
            return Patience.TotalMilliseconds;
        }
    }

    private static long TransactionsIn(IChain chain, Height before, Height after)
    {
        long count = 0;
        for (Height height = before.Next; height <= after; height = height.Next)
        {
            count += chain.TryGetBlock(height, out CommittedBlock? block) ? block.Block.Transactions.Count : 0;
        }

        return count;
    }

    private static void Print(List<FloodRow> rows, bool json)
    {
        if (json)
        {
            Console.WriteLine(JsonSerializer.Serialize(rows, Json));
            return;
        }

        Console.WriteLine(
            "phase                    final/sent    p50 ms    p99 ms  ratio  blocks  in blocks   attacks  MiB");
        foreach (FloodRow row in rows)
        {
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"{row.Phase,-24} {row.Final,5}/{row.Sent,-5} {row.P50Ms,9:F0} {row.P99Ms,9:F0} {row.Ratio,6:F2} "
                + $"{row.Blocks,7} {row.Transactions,10} {row.Attacks,9} {row.PeakMiB,4:F0}"));
        }
    }
}
