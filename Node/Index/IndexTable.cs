namespace EnergyChain.Node.Index;

/// <summary>Kinds of rows in the index; a row is the API's own message, as protobuf bytes.</summary>
internal enum IndexTable
{
    /// <summary>TransactionSummary by position.</summary>
    Transactions,

    /// <summary>Event by position.</summary>
    Events,

    /// <summary>Order by order id.</summary>
    Orders,

    /// <summary>Trade by trade id.</summary>
    Trades,

    /// <summary>Reading by position of its event.</summary>
    Readings,

    /// <summary>Slot, without its trades, by slot.</summary>
    Slots,
}
