using EnergyChain.Node.Hosting;
using EnergyChain.Node.Site;

namespace EnergyChain.Node.Devnet;

/// <summary>Checks a devnet's options: the first wrong one is named with its value and what is allowed.</summary>
public static class DevnetOptionsCheck
{
    private const int MaxSlots = 100_000;
    private const decimal MaxPrice = 1_000m;

    /// <summary>Throws <see cref="OperatorException"/> where an option is wrong.</summary>
    public static void Run(DevnetOptions options)
    {
        Require(options.Validators is >= 1 and <= 16, "--validators", options.Validators, "1 to 16");
        Require(
            options.Sites is null or (>= 1 and <= DevnetOptions.MostSites),
            "--sites",
            options.Sites,
            $"1 to {DevnetOptions.MostSites}");
        Require(
            options.Profiles is not { } profiles || Directory.Exists(profiles),
            "--profiles",
            options.Profiles,
            "a folder with homes.json, grid.csv and a file for each home");
        Require(options.Slots is >= 0 and <= MaxSlots, "--slots", options.Slots, $"0 (no end) to {MaxSlots}");
        Require(
            options.SlotSeconds is >= MarketTiming.LeastSlotSeconds and <= 3_600,
            "--slot-seconds",
            options.SlotSeconds,
            $"{MarketTiming.LeastSlotSeconds} to 3600: blocks come once a second, and in a shorter slot no block could "
            + "carry its records before the next one has begun");
        RequirePrice(options.FeedIn, "--feed-in");
        RequirePrice(options.GridFee, "--grid-fee");
        Require(
            OrderStrategies.Names.Contains(options.Strategy),
            "--strategy",
            options.Strategy,
            string.Join(", ", OrderStrategies.Names));
        Require(options.DataDirectory.Length > 0, "--data-dir", options.DataDirectory, "a folder");
        Require(
            options.BasePort is >= 1_024 and <= 65_000, "--base-port", options.BasePort, "1024 to 65000");
        Require(
            options.RestartAfterSeconds is >= 0 and <= 3_600,
            "--restart-after",
            options.RestartAfterSeconds,
            "0 (never) to 3600");
        foreach (string fault in options.MeterFaults)
        {
            _ = MeterFault.Parse(fault);
        }
    }

    private static void RequirePrice(decimal price, string option)
    {
        bool isExact = decimal.Round(price, 15) == price;
        Require(price is >= 0 and <= MaxPrice && isExact, option, price, "0 to 1000 with at most 15 decimals");
    }

    private static void Require(bool holds, string option, object? value, string allowed)
    {
        if (!holds)
        {
            throw OperatorException.ForOption(option, value, allowed);
        }
    }
}
