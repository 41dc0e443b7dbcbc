using System.Globalization;

namespace EnergyChain.Dashboard.Browser;

/// <summary>A bill as its file says it.</summary>
/// <param name="Counted">Rows of slots that are in the bill, oldest first, by column.</param>
internal sealed record BillFile(IReadOnlyList<IReadOnlyDictionary<string, string>> Counted)
{
    public static BillFile Parse(string text)
    {
        string[][] rows =
        [
            .. text.TrimStart('\uFEFF').Split("\r\n", StringSplitOptions.RemoveEmptyEntries)
                .Select(static line => line.Split(',')),
        ];
        return new BillFile(
        [
            .. rows.Skip(1)
                .Select(row => rows[0].Zip(row).ToDictionary(static cell => cell.First, static cell => cell.Second))
                .Where(static row => row["in_bill"] == "yes"),
        ]);
    }

    /// <summary>Sums of columns of money, in base units.</summary>
    public string Sums(params string[] columns) => string.Join(
        ' ',
        columns
            .Select(column => Counted.Sum(row => Units(row[column])))
            .Select(static sum => sum.ToString("0", CultureInfo.InvariantCulture)));

    /// <summary>An amount of coin in base units.</summary>
    public static decimal Units(string coin) =>
        decimal.Parse(coin, CultureInfo.InvariantCulture) * 1_000_000_000_000_000_000m;
}
