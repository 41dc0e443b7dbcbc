using System.CommandLine;
using EnergyChain.Contracts;

namespace EnergyChain.Wallet.Cli.Commands;

/// <summary>sell, buy, accept, cancel.</summary>
internal static class OrderCommands
{
    public static void AddTo(Command root, CommandFactory factory)
    {
        root.Subcommands.Add(MakeSell(factory));
        root.Subcommands.Add(MakeBuy(factory));
        root.Subcommands.Add(MakeAccept(factory));
        root.Subcommands.Add(MakeCancel(factory));
    }

    private static Command MakeSell(CommandFactory factory)
    {
        Argument<string> energy = Inputs.Energy();
        Argument<string> price = Inputs.Price("Least price you take, or with --direct the price");
        Option<string?> slot = Inputs.Slot();
        Option<uint?> site = Inputs.Site();
        Option<bool> direct = new("--direct")
        {
            Description = "Offer it at this price to neighbours, not to the auction",
        };
        Option<string?> to = new("--to")
        {
            Description = "With --direct: the only one who may accept; a site's number, or an account with a site",
            HelpName = "SITE",
        };
        return factory.Make(
            "sell",
            "Sell energy of a slot: an order in the auction, or with --direct an offer to neighbours",
            (parsed, context, token) =>
            {
                if (parsed.GetValue(to) is not null && !parsed.GetValue(direct))
                {
                    throw new WalletException(ExitCode.Usage, "--to goes with --direct: the auction has no partners.");
                }

                OrderRequest request = new(
                    parsed.GetValue(direct) ? OrderKind.Offer : OrderKind.Sell,
                    Inputs.EnergyWh(parsed.GetRequiredValue(energy)),
                    Inputs.PricePerKwh(parsed.GetRequiredValue(price)),
                    parsed.GetValue(slot),
                    parsed.GetValue(site),
                    parsed.GetValue(to));
                return new OrderDesk(context).PlaceAsync(request, token);
            },
            energy,
            price,
            slot,
            site,
            direct,
            to);
    }

    private static Command MakeBuy(CommandFactory factory)
    {
        Argument<string> energy = Inputs.Energy();
        Argument<string> price = Inputs.Price("Highest price you pay");
        Option<string?> slot = Inputs.Slot();
        Option<uint?> site = Inputs.Site();
        return factory.Make(
            "buy",
            "Buy energy of a slot: an order in the auction",
            (parsed, context, token) => new OrderDesk(context).PlaceAsync(
                new OrderRequest(
                    OrderKind.Buy,
                    Inputs.EnergyWh(parsed.GetRequiredValue(energy)),
                    Inputs.PricePerKwh(parsed.GetRequiredValue(price)),
                    parsed.GetValue(slot),
                    parsed.GetValue(site),
                    null),
                token),
            energy,
            price,
            slot,
            site);
    }

    private static Command MakeAccept(CommandFactory factory)
    {
        Argument<ulong> offer = new("offer") { Description = "Number of the direct offer, from 'book'" };
        Argument<string> energy = Inputs.Energy();
        Option<uint?> site = Inputs.Site();
        return factory.Make(
            "accept",
            "Accept a direct offer, in part or whole",
            (parsed, context, token) => new OrderDesk(context).AcceptAsync(
                parsed.GetValue(offer),
                Inputs.EnergyWh(parsed.GetRequiredValue(energy)),
                parsed.GetValue(site),
                token),
            offer,
            energy,
            site);
    }

    private static Command MakeCancel(CommandFactory factory)
    {
        Argument<ulong> order = new("order") { Description = "Number of your order or offer, from 'book'" };
        return factory.Make(
            "cancel",
            "Take back what is still open of an order or offer",
            (parsed, context, token) => new OrderDesk(context).CancelAsync(parsed.GetValue(order), token),
            order);
    }
}
