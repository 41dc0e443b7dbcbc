using System.CommandLine;

namespace EnergyChain.Wallet.Cli.Commands;

/// <summary>block, transaction, node.</summary>
internal static class ChainCommands
{
    public static void AddTo(Command root, CommandFactory factory)
    {
        Argument<string?> which = new("block")
        {
            Description = "Height or hash [the head]",
            Arity = ArgumentArity.ZeroOrOne,
        };
        root.Subcommands.Add(factory.Make(
            "block",
            "Show a block",
            (parsed, context, token) => new ChainViews(context).BlockAsync(parsed.GetValue(which), token),
            which));
        Argument<string> id = new("id") { Description = "Transaction id, 0x and 64 hex digits" };
        Command transaction = factory.Make(
            "transaction",
            "Show a transaction and what it did",
            (parsed, context, token) => new ChainViews(context).TransactionAsync(parsed.GetRequiredValue(id), token),
            id);
        transaction.Aliases.Add("tx");
        root.Subcommands.Add(transaction);

        Command node = new("node", "The node that the wallet talks to");
        node.Subcommands.Add(factory.Make(
            "status",
            "Show what the node is and how it is doing",
            static (_, context, token) => new ChainViews(context).StatusAsync(token)));
        node.Subcommands.Add(factory.Make(
            "peers",
            "Show the node's peers",
            static (_, context, token) => new ChainViews(context).PeersAsync(token)));
        root.Subcommands.Add(node);
    }
}
