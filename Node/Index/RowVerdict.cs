namespace EnergyChain.Node.Index;

/// <summary>What a page does with a row.</summary>
internal enum RowVerdict
{
    Skip,

    Take,

    /// <summary>No later row of the list can be wanted.</summary>
    Stop,
}
