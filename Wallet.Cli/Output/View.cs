using System.Globalization;
using EnergyChain.Client.Units;
using EnergyChain.Contracts.Abi;
using EnergyChain.Core.Numerics;
using EnergyChain.Core.Primitives;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace EnergyChain.Wallet.Cli.Output;

/// <summary>
/// Tables and texts for people. Nothing that comes from a node is read as markup, nor by the terminal as a command.
/// </summary>
internal static class View
{
    private const int ShortHashLength = 12;

    public static IRenderable Sentence(string text) => new Text(Printable(text));

    /// <summary>Labels and values, one pair a line.</summary>
    public static IRenderable Pairs(params (string Label, string Value)[] pairs)
    {
        Grid grid = new();
        grid.AddColumn(new GridColumn().NoWrap().PadRight(2));
        grid.AddColumn();
        foreach ((string label, string value) in pairs)
        {
            grid.AddRow(new Text(label), new Text(Printable(value)));
        }

        return grid;
    }

    /// <summary>A table, or a sentence where it would be empty.</summary>
    /// <param name="columns">Headings; one that starts with > is aligned to the right.</param>
    /// <param name="rows">As many cells as there are columns.</param>
    /// <param name="whenEmpty">What to say instead of an empty table.</param>
    public static IRenderable Table(string[] columns, IReadOnlyList<string[]> rows, string whenEmpty)
    {
        if (rows.Count == 0)
        {
            return Sentence(whenEmpty);
        }

        Table table = new() { Border = TableBorder.Simple };
        foreach (string column in columns)
        {
            bool right = column.StartsWith('>');
            TableColumn added = new(new Text(column.TrimStart('>')));
            table.AddColumn(right ? added.RightAligned() : added);
        }

        foreach (string[] row in rows)
        {
            table.AddRow([.. row.Select(static IRenderable (cell) => new Text(Printable(cell)))]);
        }

        return table;
    }

    /// <summary>The text with a question mark for each character that is not there to be seen.</summary>
    public static string Printable(string text) =>
        text.Any(AbiText.IsUnprintable)
            ? string.Concat(text.Select(letter => AbiText.IsUnprintable(letter) ? '?' : letter))
            : text;

    public static string Coin(UInt256 baseUnits) => CoinAmount.Format(baseUnits) + " ENC";

    public static string Price(UInt256 basePerKwh) => EnergyPrice.Format(basePerKwh) + " ENC/kWh";

    public static string Time(BlockTime time) => Time(DateTimeOffset.FromUnixTimeMilliseconds((long)time.UnixMs));

    public static string Time(DateTimeOffset time) =>
        time.ToString("yyyy-MM-dd HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    public static string Number(ulong number) => number.ToString(CultureInfo.InvariantCulture);

    public static string Power(long? watts) =>
        watts is { } value ? value.ToString(CultureInfo.InvariantCulture) + " W" : "-";

    /// <summary>Enough of a hash to tell it from its neighbours in a table.</summary>
    public static string Short(Hash32 hash) => hash.ToString()[..ShortHashLength];
}
