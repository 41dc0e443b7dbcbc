using System.CommandLine;
using EnergyChain.Wallet.Cli.Governance;

namespace EnergyChain.Wallet.Cli.Commands;

/// <summary>council members, proposals, show, parameters, erasures, propose, approve, withdraw.</summary>
internal static class CouncilCommands
{
    public static Command Create(CommandFactory factory)
    {
        Command council = new("council", "Who decides blocks and by which parameters: look, propose, approve");
        council.Subcommands.Add(factory.Make(
            "members",
            "Show the members in council order",
            static (_, context, token) => new CouncilViews(context).MembersAsync(token)));
        council.Subcommands.Add(factory.Make(
            "proposals",
            "Show the open proposals, what they lack and when they take effect",
            static (_, context, token) => new CouncilViews(context).ProposalsAsync(token)));
        council.Subcommands.Add(factory.Make(
            "parameters",
            "Show the chain parameters and what a vote may set them to",
            static (_, context, token) => new CouncilViews(context).ParametersAsync(token)));
        council.Subcommands.Add(factory.Make(
            "erasures",
            "Show the transactions whose records the council had erased",
            static (_, context, token) => new CouncilViews(context).ErasuresAsync(token)));
        council.Subcommands.Add(MakeOfProposal(factory, "show", "Show a proposal and who approves it",
            static (context, id, token) => new CouncilViews(context).ShowAsync(id, token)));
        council.Subcommands.Add(MakePropose(factory));
        council.Subcommands.Add(MakeOfProposal(factory, "approve", "Approve a proposal, as a member",
            static (context, id, token) => new CouncilDesk(context).ApproveAsync(id, token)));
        council.Subcommands.Add(MakeOfProposal(factory, "withdraw", "Take your approval of a proposal back",
            static (context, id, token) => new CouncilDesk(context).WithdrawAsync(id, token)));
        return council;
    }

    private static Command MakePropose(CommandFactory factory)
    {
        Command propose = new("propose", "Propose a change, as a member; proposing approves");
        propose.Subcommands.Add(MakeOfKey(
            factory, "add", "Take a node into the council", "The node's public key: 0x and 64 hex digits",
            static (context, key, blocks, token) => new CouncilDesk(context).ProposeAddAsync(key, blocks, token)));
        propose.Subcommands.Add(MakeOfKey(
            factory, "remove", "Take a member out of the council", "The member's public key, or its account",
            static (context, key, blocks, token) => new CouncilDesk(context).ProposeRemoveAsync(key, blocks, token)));
        propose.Subcommands.Add(MakeOfKey(
            factory, "reinstate", "Let a suspended member take part again", "The member's public key, or its account",
            static (context, key, blocks, token) =>
                new CouncilDesk(context).ProposeReinstateAsync(key, blocks, token)));
        propose.Subcommands.Add(MakeErase(factory));
        Argument<string> name = new("name") { Description = "Parameter, from 'council parameters'" };
        Argument<string> value = new("value") { Description = "Its new value, a whole number in its unit" };
        Option<ulong?> blocks = Blocks();
        propose.Subcommands.Add(factory.Make(
            "parameter",
            "Set a chain parameter",
            (parsed, context, token) => new CouncilDesk(context).ProposeParameterAsync(
                parsed.GetRequiredValue(name), parsed.GetRequiredValue(value), parsed.GetValue(blocks), token),
            name,
            value,
            blocks));
        return propose;
    }

    private static Command MakeErase(CommandFactory factory)
    {
        Argument<string> transaction = new("transaction") { Description = "Its id: 0x and 64 hex digits" };
        Option<string> ground = new("--ground")
        {
            Description = "Why: request (of the person it is about), court, unlawful or mistake",
            HelpName = "GROUND",
            Required = true,
        };
        Option<ulong?> blocks = Blocks();
        return factory.Make(
            "erase",
            "Erase the record of a transaction for good: its memo is destroyed, no node shows it any more",
            (parsed, context, token) => new CouncilDesk(context).ProposeEraseAsync(
                parsed.GetRequiredValue(transaction), parsed.GetRequiredValue(ground), parsed.GetValue(blocks), token),
            transaction,
            ground,
            blocks);
    }

    private static Command MakeOfKey(
        CommandFactory factory,
        string name,
        string description,
        string keyDescription,
        Func<WalletContext, string, ulong?, CancellationToken, Task<Output.Report>> act)
    {
        Argument<string> key = new("key") { Description = keyDescription };
        Option<ulong?> blocks = Blocks();
        return factory.Make(
            name,
            description,
            (parsed, context, token) => act(context, parsed.GetRequiredValue(key), parsed.GetValue(blocks), token),
            key,
            blocks);
    }

    private static Command MakeOfProposal(
        CommandFactory factory,
        string name,
        string description,
        Func<WalletContext, ulong, CancellationToken, Task<Output.Report>> act)
    {
        Argument<ulong> id = new("id") { Description = "Number of the proposal, from 'council proposals'" };
        return factory.Make(
            name, description, (parsed, context, token) => act(context, parsed.GetValue(id), token), id);
    }

    private static Option<ulong?> Blocks() => new("--blocks")
    {
        Description = $"How many blocks it is open [until {CouncilDesk.DefaultBlocks} after the next epoch]",
        HelpName = "COUNT",
    };
}
