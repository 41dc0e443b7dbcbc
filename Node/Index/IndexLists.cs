using System.Globalization;
using EnergyChain.Core.Primitives;

namespace EnergyChain.Node.Index;

/// <summary>Names of the index's lists and the text of their keys.</summary>
internal static class IndexLists
{
    public const string TransactionsByAccount = "ta";
    public const string EventsByAccount = "ea";
    public const string EventsByContract = "ec";
    public const string EventsByName = "en";
    public const string EventsBySite = "es";
    public const string EventsBySlot = "el";
    public const string OrdersByAccount = "oa";
    public const string OrdersBySite = "os";
    public const string OrdersBySlot = "ol";
    public const string Orders = "o";
    public const string TradesByAccount = "da";
    public const string TradesBySite = "ds";
    public const string TradesBySlot = "dl";
    public const string Trades = "d";
    public const string ReadingsBySite = "rs";
    public const string ReadingsBySlot = "rl";
    public const string ReadingsByDevice = "rd";

    /// <summary>The key of a list that has only one.</summary>
    public const string All = "";

    public static string Key(Address address) => Hex.Encode(address.ToArray());

    public static string Key(ulong number) => number.ToString("x", CultureInfo.InvariantCulture);
}
