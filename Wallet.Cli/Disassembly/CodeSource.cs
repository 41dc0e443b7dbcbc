using System.Text.Json;
using EnergyChain.Client.Model;
using EnergyChain.Contracts.Abi;
using EnergyChain.Core.Primitives;

namespace EnergyChain.Wallet.Cli.Disassembly;

/// <summary>Where the user's code is: on the chain, on the command line or in a file.</summary>
internal static class CodeSource
{
    /// <summary>Bytes of code that are taken apart; a contract has at most 24,576.</summary>
    public const int MaxCodeBytes = 1024 * 1024;

    /// <summary>Bytes of a file that holds code.</summary>
    public const int MaxFileBytes = 16 * 1024 * 1024;

    /// <param name="context">The wallet.</param>
    /// <param name="abis">Knows contracts by name.</param>
    /// <param name="text">An address or name, hex, or a file of hex or an artifact.</param>
    /// <param name="cancellationToken">Ends the question to the node.</param>
    public static async Task<FoundCode> FindAsync(
        WalletContext context, AbiBook abis, string text, CancellationToken cancellationToken)
    {
        if (text is "" or "0x")
        {
            throw new WalletException(ExitCode.Usage, "There is no code: name a contract, code in hex, or a file.");
        }

        if (IsAddress(text) || WalletContext.FindContract(text, abis) is not null)
        {
            return await OnChainAsync(context, context.ResolveContract(text, abis), cancellationToken);
        }

        if (TryHex(text, out byte[] code))
        {
            return new FoundCode("the given bytes", Bounded(code));
        }

        return File.Exists(text)
            ? new FoundCode(text, Bounded(ReadFile(text)))
            : await OnChainAsync(context, context.Resolve(text), cancellationToken);
    }

    private static bool IsAddress(string text) =>
        text.Length == 2 + (2 * Address.Size) && text.StartsWith("0x", StringComparison.OrdinalIgnoreCase);

    private static async Task<FoundCode> OnChainAsync(
        WalletContext context, Address address, CancellationToken cancellationToken)
    {
        CodeInfo code = await context.Node.GetCodeAsync(address, cancellationToken);
        return new FoundCode($"{address} at height {code.Height}", code.Code);
    }

    private static byte[] ReadFile(string file)
    {
        try
        {
            if (new FileInfo(file).Length > MaxFileBytes)
            {
                throw new FormatException($"it has over {MaxFileBytes} bytes.");
            }

            string content = File.ReadAllText(file).Trim();
            string hex = content.StartsWith('{') ? FromArtifact(content) : content;
            return TryHex(hex, out byte[] code)
                ? code
                : throw new FormatException("it holds neither hex digits nor an artifact with linked code.");
        }
        catch (Exception exception) when (
            exception is FormatException or JsonException or IOException or UnauthorizedAccessException
                or InvalidOperationException)
        {
            throw new WalletException(
                ExitCode.Usage, $"The code in {file} cannot be read: {exception.Message.ReplaceLineEndings(" ")}");
        }
    }

    /// <summary>The runtime code of an artifact: of Hardhat and ours a text, of Foundry and solc an object.</summary>
    private static string FromArtifact(string content)
    {
        using JsonDocument document = JsonDocument.Parse(content);
        JsonElement root = document.RootElement;
        JsonElement holder = root.TryGetProperty("evm", out JsonElement evm) && evm.ValueKind == JsonValueKind.Object
            ? evm
            : root;
        if (!holder.TryGetProperty("deployedBytecode", out JsonElement code))
        {
            throw new FormatException("it has no \"deployedBytecode\".");
        }

        if (code.ValueKind == JsonValueKind.Object && code.TryGetProperty("object", out JsonElement text))
        {
            code = text;
        }

        return code.ValueKind == JsonValueKind.String
            ? code.GetString()!
            : throw new FormatException("its \"deployedBytecode\" is no text.");
    }

    private static bool TryHex(string text, out byte[] bytes) =>
        Hex.TryDecode(text, MaxFileBytes, out bytes) && bytes.Length > 0;

    private static byte[] Bounded(byte[] code) => code.Length <= MaxCodeBytes
        ? code
        : throw new WalletException(
            ExitCode.Usage, $"The code has {code.Length} bytes; at most {MaxCodeBytes} are taken apart.");
}
