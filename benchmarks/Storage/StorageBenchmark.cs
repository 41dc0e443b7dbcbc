using System.Diagnostics;
using EnergyChain.Core.Primitives;
using EnergyChain.Ledger.State;
using EnergyChain.Vm.State;

namespace EnergyChain.Benchmarks.Storage;

/// <summary>Measures what a large state costs: to change, to start with, to hold.</summary>
internal sealed class StorageBenchmark(string folder, int accounts, int blocks, int transactions)
{
    private const int ChangedKeys = 10_000;
    private const int Rounds = 9;
    private const double TreeLimitMs = 100;
    private const double StartLimitSeconds = 15;
    private const double MemoryLimitMiB = 1_024;

    /// <summary>
    /// Applies blocks that change so many accounts each, all over the state, to state and tree; the median of some.
    /// </summary>
    public StorageFigure TreeUpdate()
    {
        using LargeChain chain = new(folder, accounts);
        WorldState state = chain.State();
        List<double> times = [];
        for (int round = 0; round < Rounds; round++)
        {
            StateChanges changes = Changes(round);
            long began = Stopwatch.GetTimestamp();
            state.Apply(changes);
            times.Add(Stopwatch.GetElapsedTime(began).TotalMilliseconds);
        }

        times.Sort();
        return new StorageFigure(
            $"{ChangedKeys} changed keys over {accounts} accounts", times[Rounds / 2], TreeLimitMs, "ms");
    }

    /// <summary>
    /// Starts a relay as a process of its own: from its start until it is up, and the memory that it then holds, holds
    /// after a checkpoint, and held at most.
    /// </summary>
    public async Task<IReadOnlyList<StorageFigure>> RelayAsync()
    {
        using (LargeChain chain = new(folder, accounts))
        {
            chain.Write(blocks, transactions);
        }

        ProcessStartInfo start = new(
            Environment.ProcessPath!, ["storage", RelayChild.Option, folder, "--blocks", $"{blocks + 2}"])
        {
            RedirectStandardOutput = true,
        };
        long began = Stopwatch.GetTimestamp();
        using Process relay = Process.Start(start)!;
        double seconds = 0;
        List<StorageFigure> figures = [];
        while (await relay.StandardOutput.ReadLineAsync() is { } line)
        {
            if (line == RelayChild.Up)
            {
                seconds = Stopwatch.GetElapsedTime(began).TotalSeconds;
            }
            else if (line.Split('=') is [string name, string value])
            {
                figures.Add(new StorageFigure(
                    $"relay with {accounts} accounts, {name}",
                    double.Parse(value, System.Globalization.CultureInfo.InvariantCulture) / 1_024,
                    MemoryLimitMiB,
                    "MiB"));
            }
        }

        await relay.WaitForExitAsync();
        if (relay.ExitCode != 0 || seconds == 0)
        {
            throw new InvalidOperationException($"The relay ended with {relay.ExitCode}.");
        }

        string what = $"start with {accounts} accounts, {blocks} blocks of {transactions} transfers";
        return [new StorageFigure(what, seconds, StartLimitSeconds, "s"), .. figures];
    }

    private StateChanges Changes(int round)
    {
        List<AccountChange> changed = [];
        for (int i = 0; i < ChangedKeys; i++)
        {
            long number = ((((long)i * accounts / ChangedKeys) + round) % accounts) + 1;
            changed.Add(new AccountChange(
                Address.FromNumber((uint)number),
                LargeChain.Account((ulong)(number + round + 1)),
                WipesStorage: false));
        }

        return new StateChanges(changed, [], []);
    }
}
