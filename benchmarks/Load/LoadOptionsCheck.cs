using EnergyChain.Benchmarks.Evm;
using EnergyChain.Core;
using EnergyChain.Core.Chain;

namespace EnergyChain.Benchmarks.Load;

/// <summary>The ranges of the options.</summary>
internal static class LoadOptionsCheck
{
    // Two ports each of the 99 that a process holds.
    private const int MaxNodes = 45;
    private const int MaxSenders = 100_000;
    private const int MaxSeconds = 86_400;
    private const double MaxOverload = 100;

    /// <summary>Throws <see cref="BenchmarkException"/> that names the option.</summary>
    public static void Run(LoadOptions options)
    {
        Require("--validators", options.Validators, 1, Math.Min(MaxNodes, Limits.MaxCouncilMembers));
        Require("--relays", options.Relays, 0, MaxNodes - options.Validators);
        Require("--seconds", options.Seconds, 1, MaxSeconds);
        Require("--warmup", options.WarmupSeconds, 0, MaxSeconds);
        Require("--senders", options.Senders, Math.Max(options.Validators, options.Relays), MaxSenders);
        if (options.Overload is { } factor and not (> 1 and <= MaxOverload))
        {
            throw new BenchmarkException($"--overload {factor}: allowed is above 1 to {MaxOverload}.");
        }

        Require(
            "--interval",
            (long)options.BlockIntervalMs,
            (long)ParameterLimits.MinBlockIntervalMs,
            (long)ParameterLimits.MaxBlockIntervalMs);
    }

    private static void Require(string name, long value, long least, long most)
    {
        if (value < least || value > most)
        {
            throw new BenchmarkException($"{name} {value}: allowed are {least} to {most}.");
        }
    }
}
