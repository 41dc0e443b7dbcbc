using System.CommandLine;
using EnergyChain.Wallet.Cli.Output;

namespace EnergyChain.Wallet.Cli.Commands;

/// <summary>
/// book, order, certificates, orders, trades, settlement, readings, site: what the market and the meters hold.
/// </summary>
internal static class MarketCommands
{
    public static void AddTo(Command root, CommandFactory factory)
    {
        Argument<string?> bookSlot = new("slot")
        {
            Description = "Slot: number, +N or ISO time [the next open one]",
            Arity = ArgumentArity.ZeroOrOne,
        };
        root.Subcommands.Add(factory.Make(
            "book",
            "Show the open orders and offers of a slot",
            (parsed, context, token) => new MarketViews(context).BookAsync(parsed.GetValue(bookSlot), token),
            bookSlot));
        Argument<ulong> order = new("order") { Description = "Number of the order or offer, from 'book'" };
        root.Subcommands.Add(factory.Make(
            "order",
            "Show an open order or offer as the market holds it",
            (parsed, context, token) => new MarketViews(context).OrderAsync(parsed.GetValue(order), token),
            order));
        Argument<string> certified = new("slot") { Description = "Slot: number, +N or ISO time" };
        Argument<string?> owner = new("account")
        {
            Description = "Address, key or name [your key]",
            Arity = ArgumentArity.ZeroOrOne,
        };
        root.Subcommands.Add(factory.Make(
            "certificates",
            "Show the green certificates that an account holds for a slot, in Wh",
            (parsed, context, token) => new MeterViews(context).CertificatesAsync(
                parsed.GetRequiredValue(certified), parsed.GetValue(owner), token),
            certified,
            owner));
        root.Subcommands.Add(MakeHistory(factory, "orders", "Show orders and what became of them, newest first",
            static (context, filter, token) => new MarketViews(context).OrdersAsync(filter, token)));
        root.Subcommands.Add(MakeHistory(factory, "trades", "Show trades, newest first",
            static (context, filter, token) => new MarketViews(context).TradesAsync(filter, token)));

        Argument<string> settledSlot = new("slot") { Description = "Slot: number, +N or ISO time" };
        root.Subcommands.Add(factory.Make(
            "settlement",
            "Show a slot line by line: sold, metered, delivered, short, paid, fee, refunded",
            (parsed, context, token) =>
                new MarketViews(context).SettlementAsync(parsed.GetRequiredValue(settledSlot), token),
            settledSlot));

        Argument<uint> site = new("site") { Description = "Number of the site" };
        Option<string?> slot = new("--slot", "-s") { Description = "Only this slot", HelpName = "SLOT" };
        Option<uint> limit = Inputs.Limit();
        root.Subcommands.Add(factory.Make(
            "readings",
            "Show the meter records of a site, newest first",
            (parsed, context, token) => new MeterViews(context).ReadingsAsync(
                parsed.GetValue(site), parsed.GetValue(slot), Inputs.Rows(parsed.GetValue(limit)), token),
            site,
            slot,
            limit));
        Argument<uint> liveSite = new("site") { Description = "Number of the site" };
        root.Subcommands.Add(factory.Make(
            "site",
            "Show a site live: power, state of charge, devices and their faults (its own node knows)",
            (parsed, context, token) => new MeterViews(context).SiteAsync(parsed.GetValue(liveSite), token),
            liveSite));
    }

    private static Command MakeHistory(
        CommandFactory factory,
        string name,
        string description,
        Func<WalletContext, HistoryFilter, CancellationToken, Task<Report>> act)
    {
        Option<string?> slot = new("--slot", "-s") { Description = "Only this slot", HelpName = "SLOT" };
        Option<uint?> site = new("--site") { Description = "Only this site", HelpName = "NUMBER" };
        Option<string?> account = new("--account", "-a") { Description = "Only this account", HelpName = "WHO" };
        Option<bool> mine = new("--mine") { Description = "Only my account" };
        Option<bool> open = new("--open") { Description = "Only what is still open" };
        Option<uint> limit = Inputs.Limit();
        Symbol[] symbols = name == "orders"
            ? [slot, site, account, mine, open, limit]
            : [slot, site, account, mine, limit];
        return factory.Make(
            name,
            description,
            (parsed, context, token) => act(
                context,
                new HistoryFilter(
                    parsed.GetValue(slot),
                    parsed.GetValue(site),
                    parsed.GetValue(mine) ? context.Key().Address
                        : parsed.GetValue(account) is { } who ? context.Resolve(who) : null,
                    name == "orders" && parsed.GetValue(open),
                    Inputs.Rows(parsed.GetValue(limit))),
                token),
            symbols);
    }
}
