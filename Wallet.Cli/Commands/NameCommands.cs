using System.CommandLine;
using EnergyChain.Core.Primitives;
using EnergyChain.Wallet.Cli.Output;

namespace EnergyChain.Wallet.Cli.Commands;

/// <summary>names add, remove, list: the address book.</summary>
internal static class NameCommands
{
    private const int MaxNameLength = 64;

    public static Command Create(CommandFactory factory)
    {
        Argument<string> name = new("name") { Description = "Your name for it" };
        Argument<string> address = new("address") { Description = "Address, 0x and 40 hex digits" };
        Argument<string> removed = new("name") { Description = "Name to forget" };
        Command names = new("names", "Your names for addresses");
        names.Subcommands.Add(factory.Make(
            "add",
            "Name an address, or give a name another address",
            (parsed, context, _) => Task.FromResult(Add(
                context, parsed.GetRequiredValue(name), parsed.GetRequiredValue(address))),
            name,
            address));
        names.Subcommands.Add(factory.Make(
            "remove",
            "Forget a name",
            (parsed, context, _) => Task.FromResult(Remove(context, parsed.GetRequiredValue(removed))),
            removed));
        names.Subcommands.Add(factory.Make(
            "list", "List names", static (_, context, _) => Task.FromResult(List(context))));
        return names;
    }

    private static Report Add(WalletContext context, string name, string text)
    {
        if (name.Length is 0 or > MaxNameLength || name.StartsWith("0x", StringComparison.OrdinalIgnoreCase))
        {
            throw new WalletException(
                ExitCode.Usage, $"A name has 1 to {MaxNameLength} characters and does not start with 0x.");
        }

        Address address = context.Resolve(text);
        context.Names.Set(name, address);
        return new Report(new { Name = name, Address = address }, View.Sentence($"{name} is {address}."));
    }

    private static Report Remove(WalletContext context, string name) => context.Names.Remove(name)
        ? new Report(new { Name = name }, View.Sentence($"{name} is forgotten."))
        : throw new WalletException(ExitCode.Refused, $"There is no name {name}.");

    private static Report List(WalletContext context)
    {
        IReadOnlyList<(string Name, Address Address)> names = context.Names.List();
        return new Report(
            new { Names = names.Select(entry => new { entry.Name, entry.Address }) },
            View.Table(
                ["name", "address"],
                [.. names.Select(entry => new[] { entry.Name, entry.Address.ToString() })],
                "There are no names. Add one with 'names add NAME ADDRESS'."));
    }
}
