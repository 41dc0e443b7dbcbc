using System.Numerics;
using EnergyChain.Dashboard.Text;

namespace EnergyChain.Dashboard.Explorer;

/// <summary>
/// What the numbers in calls and events of the chain's own contracts are, by the names that those contracts give their
/// parameters: an ABI says no units.
/// </summary>
public static class FieldUnits
{
    private static readonly HashSet<string> Money =
    [
        "amount", "collateralReturned", "compensation", "escrowReturned", "fee", "fees", "locked", "paid", "returned",
    ];

    private static readonly Dictionary<string, string> Pages = new()
    {
        ["slot"] = "/explorer/slot/",
        ["firstSlot"] = "/explorer/slot/",
        ["orderId"] = "/explorer/order/",
        ["offerId"] = "/explorer/order/",
        ["buyOrderId"] = "/explorer/order/",
        ["sellOrderId"] = "/explorer/order/",
        ["tradeId"] = "/explorer/trade/",
    };

    /// <summary>The number with its unit; empty for what has none.</summary>
    public static string Describe(string parameter, BigInteger value) =>
        parameter.EndsWith("PerKwh", StringComparison.Ordinal) ? MoneyText.Price(value)
            : parameter.EndsWith("Wh", StringComparison.Ordinal) ? EnergyText.Energy(value)
            : parameter.EndsWith("PowerW", StringComparison.Ordinal) ? EnergyText.Power(value)
            : Money.Contains(parameter) ? MoneyText.Amount(value)
            : "";

    /// <summary>The page of what a number names; null for one that names nothing, 0 included.</summary>
    public static string? PageOf(string parameter, string number) =>
        number != "0" && Pages.TryGetValue(parameter, out string? page) ? page + number : null;
}
