using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text.Json;
using EnergyChain.Core;
using EnergyChain.Core.Chain;

namespace EnergyChain.Ledger.GenesisFormat;

/// <summary>
/// genesis.json to and from <see cref="Genesis"/>. Reading is strict: unknown and repeated members, wrong checksums
/// and values outside their named limits are refused; the order of members is free, and what is read is canonical
/// (accounts and storage ascending). docs/storage.md describes the format. Pure: bytes in, bytes out.
/// </summary>
public static class GenesisFile
{
    private static readonly JsonDocumentOptions Strict = new()
    {
        AllowTrailingCommas = false,
        CommentHandling = JsonCommentHandling.Disallow,
        MaxDepth = 8,
    };

    /// <summary>Reads the bytes of a file. On false <paramref name="error"/> is the first thing wrong.</summary>
    public static bool TryRead(
        ReadOnlyMemory<byte> utf8,
        [NotNullWhen(true)] out Genesis? genesis,
        [NotNullWhen(false)] out GenesisError? error)
    {
        genesis = null;
        if (utf8.Length > Limits.MaxGenesisBytes)
        {
            string size = utf8.Length.ToString(CultureInfo.InvariantCulture);
            string most = Limits.MaxGenesisBytes.ToString(CultureInfo.InvariantCulture);
            error = new GenesisError("$", $"{size} bytes", $"a file of at most {most} bytes");
            return false;
        }

        try
        {
            using JsonDocument document = JsonDocument.Parse(utf8, Strict);
            GenesisErrors errors = new();
            Genesis read = GenesisReader.Read(new JsonField(document.RootElement, "$", errors));
            error = errors.First;
            genesis = error is null ? read : null;
            return error is null;
        }
        catch (JsonException broken)
        {
            string place = string.Create(
                CultureInfo.InvariantCulture,
                $"broken JSON at line {(broken.LineNumber ?? 0) + 1}, byte {(broken.BytePositionInLine ?? 0) + 1}");
            error = new GenesisError("$", place, "one JSON object without comments or trailing commas");
            return false;
        }
        catch (InvalidOperationException)
        {
            error = new GenesisError("$", "text that is not UTF-8", "UTF-8 JSON");
            return false;
        }
    }

    /// <summary>The canonical file of a genesis, indented, ending in a line feed.</summary>
    public static byte[] Write(Genesis genesis) => GenesisWriter.Write(Canonical(genesis));

    /// <summary>The same genesis with accounts and storage in canonical order and zero storage left out.</summary>
    public static Genesis Canonical(Genesis genesis) => genesis with
    {
        Accounts =
        [
            .. genesis.Accounts
                .OrderBy(static account => account.Address)
                .Select(static account => account with
                {
                    Storage = [.. account.Storage.Where(IsSet).OrderBy(static slot => slot.Key)],
                }),
        ],
    };

    private static bool IsSet(StorageSlot slot) => !slot.Value.IsZero;
}
