using System.Text.Json;
using EnergyChain.Contracts.Abi;

namespace EnergyChain.Wallet.Cli.Tracing;

/// <summary>Reads the ABIs that the user names beside those of the chain's own contracts.</summary>
internal static class AbiFiles
{
    /// <summary>Bytes of a file: an artifact with its code and sources is far below.</summary>
    public const int MaxFileBytes = 16 * 1024 * 1024;

    public static AbiBook Load(IEnumerable<string> files)
    {
        AbiBook book = AbiBook.OfGenesisContracts();
        foreach (string file in files)
        {
            book.Add(Read(file));
        }

        return book;
    }

    private static AbiInterface Read(string file)
    {
        try
        {
            if (new FileInfo(file).Length > MaxFileBytes)
            {
                throw new FormatException($"It has over {MaxFileBytes} bytes.");
            }

            using JsonDocument document = JsonDocument.Parse(File.ReadAllBytes(file));
            return AbiInterface.Read(Path.GetFileNameWithoutExtension(file), document.RootElement);
        }
        catch (Exception exception) when (
            exception is FormatException or JsonException or IOException or UnauthorizedAccessException
                or ArgumentException)
        {
            throw new WalletException(
                ExitCode.Usage, $"The ABI file {file} cannot be read: {exception.Message.ReplaceLineEndings(" ")}");
        }
    }
}
