using System.CommandLine;
using EnergyChain.Client.Model;
using EnergyChain.Contracts.Abi;
using EnergyChain.Core;
using EnergyChain.Core.Numerics;
using EnergyChain.Core.Primitives;
using EnergyChain.Wallet.Cli.Disassembly;
using EnergyChain.Wallet.Cli.Tracing;

namespace EnergyChain.Wallet.Cli.Commands;

/// <summary>trace, trace call, disassemble.</summary>
internal static class TraceCommands
{
    public static void AddTo(Command root, CommandFactory factory)
    {
        Argument<string?> id = new("id")
        {
            Description = "Transaction id, 0x and 64 hex digits",
            Arity = ArgumentArity.ZeroOrOne,
        };
        Option<string[]> abi = Abi();
        Option<bool> gas = Gas();
        Command trace = factory.Make(
            "trace",
            "Show every call and event of a transaction, decoded, with its gas",
            (parsed, context, token) => new TraceViews(context, Load(parsed, abi), parsed.GetValue(gas))
                .TransactionAsync(
                    parsed.GetValue(id)
                        ?? throw new WalletException(ExitCode.Usage, "Say which transaction: trace ID. See --help."),
                    token),
            id,
            abi,
            gas);
        trace.Subcommands.Add(MakeTraceCall(factory));
        root.Subcommands.Add(trace);
        root.Subcommands.Add(MakeDisassemble(factory));
    }

    private static Command MakeTraceCall(CommandFactory factory)
    {
        Argument<string> to = new("to") { Description = "Contract: address, or its name such as EnergyMarket" };
        Argument<string?> data = new("data")
        {
            Description = "Call data in hex [none]",
            Arity = ArgumentArity.ZeroOrOne,
        };
        Option<string?> from = new("--from")
        {
            Description = "Who calls: address, key or name [your key, else the zero address]",
            HelpName = "WHO",
        };
        Option<string?> value = new("--value") { Description = "Coin that goes with it, in ENC [0]", HelpName = "ENC" };
        Option<string[]> abi = Abi();
        Option<bool> gas = Gas();
        return factory.Make(
            "call",
            "Show what a call would do now; nothing is sent",
            (parsed, context, token) =>
            {
                AbiBook abis = Load(parsed, abi);
                CallMessage message = new(
                    Caller(context, parsed.GetValue(from)),
                    context.ResolveContract(parsed.GetRequiredValue(to), abis),
                    parsed.GetValue(value) is { } amount ? Inputs.Coin(amount) : UInt256.Zero,
                    Data(parsed.GetValue(data)));
                return new TraceViews(context, abis, parsed.GetValue(gas)).CallAsync(message, token);
            },
            to,
            data,
            from,
            value,
            abi,
            gas);
    }

    private static Command MakeDisassemble(CommandFactory factory)
    {
        Argument<string> code = new("code")
        {
            Description = "Contract (address or name), the code in hex, or a file with hex or an artifact",
        };
        Option<string[]> abi = Abi();
        return factory.Make(
            "disassemble",
            "Show code opcode by opcode",
            (parsed, context, token) => new CodeViews(context, Load(parsed, abi))
                .DisassembleAsync(parsed.GetRequiredValue(code), token),
            code,
            abi);
    }

    private static Option<string[]> Abi() => new("--abi")
    {
        Description = "File with the ABI of another contract: an ABI array, or an artifact of solc, Hardhat or "
            + "Foundry; may be repeated",
        HelpName = "FILE",
    };

    private static Option<bool> Gas() => new("--gas") { Description = "Add a table of gas by contract and function" };

    private static AbiBook Load(ParseResult parsed, Option<string[]> abi) =>
        AbiFiles.Load(parsed.GetValue(abi) ?? []);

    private static Address Caller(WalletContext context, string? from) =>
        from is not null ? context.Resolve(from) : context.KeyIfClear()?.Address ?? Address.Zero;

    private static ReadOnlyMemory<byte> Data(string? text) =>
        Hex.TryDecode(text ?? "0x", Limits.MaxTransactionDataBytes, out byte[] data)
            ? data
            : throw new WalletException(
                ExitCode.Usage,
                $"The call data is no hex of at most {Limits.MaxTransactionDataBytes} bytes: write 0x and two digits a "
                + "byte.");
}
