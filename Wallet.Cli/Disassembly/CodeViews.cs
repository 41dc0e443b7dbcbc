using System.Globalization;
using System.Text;
using EnergyChain.Contracts.Abi;
using EnergyChain.Core.Crypto;
using EnergyChain.Core.Primitives;
using EnergyChain.Wallet.Cli.Output;

namespace EnergyChain.Wallet.Cli.Disassembly;

/// <summary>Shows code as a listing.</summary>
internal sealed class CodeViews(WalletContext context, AbiBook abis)
{
    public async Task<Report> DisassembleAsync(string text, CancellationToken cancellationToken)
    {
        FoundCode found = await CodeSource.FindAsync(context, abis, text, cancellationToken);
        IReadOnlyList<CodeLine> lines = new Disassembler(abis).Read(found.Code);
        return new Report(
            new
            {
                found.Source,
                CodeHash = Keccak256.Hash(found.Code.Span),
                CodeBytes = found.Code.Length,
                Lines = lines.Select(line => new
                {
                    line.Position,
                    line.Bytes,
                    line.Mnemonic,
                    Operand = line.Operand.IsEmpty ? (ReadOnlyMemory<byte>?)null : line.Operand,
                    line.MissingBytes,
                    line.Gas,
                    JumpDestination = line.IsJumpDestination,
                    Note = line.Note.Length > 0 ? line.Note : null,
                }),
            },
            View.Pairs(
                ("code", found.Source),
                ("bytes", found.Code.Length.ToString(CultureInfo.InvariantCulture)),
                ("hash", Keccak256.Hash(found.Code.Span).ToString())),
            new Listing(Format(lines)));
    }

    private static string Format(IReadOnlyList<CodeLine> lines)
    {
        StringBuilder text = new();
        text.AppendLine($"  {"at",-6}  {"bytes",-10}  {"instruction",-36} {"gas",6}");
        foreach (CodeLine line in lines)
        {
            bool isOpcode = line.Gas is not null;
            ReadOnlyMemory<byte> operand = isOpcode ? line.Operand : line.Bytes;
            string shownOperand = operand.IsEmpty ? "" : " " + Hex.Encode(operand.Span);
            string row = $"{(line.IsJumpDestination ? '>' : ' ')} 0x{line.Position:x4}  {Shown(line.Bytes.Span),-10}  "
                + $"{line.Mnemonic + shownOperand,-36} {line.Gas,6}  {line.Note}";
            text.AppendLine(row.TrimEnd());
        }

        return text.ToString();
    }

    /// <summary>The first bytes: the operand has the others.</summary>
    private static string Shown(ReadOnlySpan<byte> bytes)
    {
        const int shown = 4;
        return bytes.Length <= shown
            ? Convert.ToHexStringLower(bytes)
            : Convert.ToHexStringLower(bytes[..shown]) + "..";
    }
}
