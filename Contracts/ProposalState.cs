namespace EnergyChain.Contracts;

/// <summary>What became of a proposal; the numbers are those of the contract.</summary>
public enum ProposalState
{
    None = 0,
    Open = 1,
    Applied = 2,
    Expired = 3,

    /// <summary>The last one who approved it withdrew or is no member any more.</summary>
    Abandoned = 4,
}
