namespace EnergyChain.Node.Index;

/// <summary>
/// The lists of the index: positions of transactions or events under a key, ascending. Part of the bytes of the files.
/// </summary>
internal enum IndexList : byte
{
    /// <summary>Transactions by sender, recipient and payer of the fee.</summary>
    TransactionsByAccount = 1,
    EventsByAccount = 2,
    EventsByContract = 3,

    /// <summary>By topic 0, of whichever contract.</summary>
    EventsByTopic = 4,
    EventsBySite = 5,
    EventsBySlot = 6,

    /// <summary>Events that placed an order or an offer; one key.</summary>
    Orders = 7,
    OrdersByAccount = 8,
    OrdersBySite = 9,
    OrdersBySlot = 10,

    /// <summary>Events that made a trade; one key.</summary>
    Trades = 11,
    TradesByAccount = 12,
    TradesBySite = 13,
    TradesBySlot = 14,

    /// <summary>Events by which a meter record was accepted; one key.</summary>
    Readings = 15,
    ReadingsBySite = 16,
    ReadingsBySlot = 17,
    ReadingsByDevice = 18,

    /// <summary>Everything that happened to an order, by its id.</summary>
    OfOrder = 19,

    /// <summary>Making and settlement of a trade, by its id.</summary>
    OfTrade = 20,

    /// <summary>Tariff, clearing and settlement of a slot.</summary>
    OfSlot = 21,
}
