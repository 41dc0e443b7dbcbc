using System.Numerics;
using EnergyChain.Client.Units;
using EnergyChain.Core.Numerics;

namespace EnergyChain.Dashboard.Billing;

/// <summary>
/// Cells of a CSV file (RFC 4180) that a spreadsheet takes for what they are: a text that it would run as a formula
/// begins with an apostrophe, as OWASP's page on CSV injection advises.
/// </summary>
public static class CsvCell
{
    // The wide forms are taken for the narrow ones where the language is Korean or Japanese.
    private const string FormulaStarts = "=+-@\t\r\n\uFF1D\uFF0B\uFF0D\uFF20";
    private const string QuotedFor = ",;\"'\t\r\n";

    /// <summary>A text that others wrote.</summary>
    public static string Text(string text)
    {
        string seen = text.TrimStart(' ');
        string safe = seen.Length > 0 && FormulaStarts.Contains(seen[0]) ? "'" + text : text;
        return safe.Any(QuotedFor.Contains) ? $"\"{safe.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : safe;
    }

    /// <summary>ENC with every decimal that is not zero.</summary>
    public static string Coin(BigInteger baseUnits)
    {
        string size = CoinAmount.Format(UInt256.FromBigInteger(BigInteger.Abs(baseUnits)));
        return baseUnits.Sign < 0 ? "-" + size : size;
    }
}
