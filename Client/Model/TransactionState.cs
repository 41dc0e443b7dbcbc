namespace EnergyChain.Client.Model;

/// <summary>How far a transaction is, as a node sees it.</summary>
public enum TransactionState
{
    Unknown,

    /// <summary>In the node's pool.</summary>
    Pending,

    /// <summary>In a final block whose receipts the node does not have.</summary>
    Included,

    /// <summary>In a final block and executed.</summary>
    Final,
}
