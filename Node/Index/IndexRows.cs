namespace EnergyChain.Node.Index;

/// <summary>What the index holds a row of.</summary>
internal enum IndexRows
{
    Transactions,

    Events,
}
