namespace EnergyChain.Contracts;

/// <summary>Why the record of a transaction is erased; the numbers are those of the contract.</summary>
public enum ErasureGround
{
    None = 0,

    /// <summary>The person that the data is about asked for it.</summary>
    Request = 1,

    /// <summary>A court or an authority ordered it.</summary>
    Court = 2,

    /// <summary>The content may not be kept.</summary>
    Unlawful = 3,

    /// <summary>It was never meant to be there.</summary>
    Mistake = 4,
}
