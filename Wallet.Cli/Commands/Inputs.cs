using System.CommandLine;
using EnergyChain.Client.Units;
using EnergyChain.Core.Numerics;

namespace EnergyChain.Wallet.Cli.Commands;

/// <summary>Values of the command line, exact and each with its own error.</summary>
internal static class Inputs
{
    public static Option<string?> Slot() => new("--slot", "-s")
    {
        Description = "Slot of delivery: its number, +N slots from now, or an ISO time in it [the next open one]",
        HelpName = "SLOT",
    };

    public static Option<uint?> Site() => new("--site")
    {
        Description = "Site to trade for [the one of your account]",
        HelpName = "NUMBER",
    };

    public static Option<uint> Limit() => new("--limit", "-n")
    {
        Description = "Rows to show, 1 to 500",
        DefaultValueFactory = static _ => 20,
        HelpName = "ROWS",
    };

    public static Argument<string> Energy() => new("energy") { Description = "Energy, such as 1500, 1500Wh or 1.5kWh" };

    public static Argument<string> Price(string what) => new("price") { Description = $"{what}, in ENC per kWh" };

    public static uint EnergyWh(string text) => EnergyAmount.TryParse(text, out uint energyWh)
        ? energyWh
        : throw new WalletException(
            ExitCode.Usage,
            $"'{text}' is no energy: write 1500, 1500Wh or 1.5kWh, from 1 Wh to 1000 MWh, in whole Wh.");

    public static UInt256 PricePerKwh(string text) => EnergyPrice.TryParse(text, out UInt256 price)
        ? price
        : throw new WalletException(
            ExitCode.Usage,
            $"'{text}' is no price: write ENC per kWh such as 0.25, with at most 15 decimals and up to a million.");

    public static UInt256 Coin(string text) => CoinAmount.TryParse(text, out UInt256 amount)
        ? amount
        : throw new WalletException(
            ExitCode.Usage, $"'{text}' is no amount: write ENC such as 1.25, with at most 18 decimals and no sign.");

    public static uint Rows(uint limit) => limit is >= 1 and <= 500
        ? limit
        : throw new WalletException(ExitCode.Usage, $"--limit is {limit}; it can be 1 to 500.");
}
