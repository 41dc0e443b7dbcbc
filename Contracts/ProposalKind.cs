namespace EnergyChain.Contracts;

/// <summary>What a proposal asks for; the numbers are those of the contract.</summary>
public enum ProposalKind
{
    None = 0,
    Add = 1,
    Remove = 2,

    /// <summary>Lets a suspended member take part again.</summary>
    Reinstate = 3,
    SetParameter = 4,

    /// <summary>Erases the record of a transaction, for good.</summary>
    EraseRecord = 5,
}
