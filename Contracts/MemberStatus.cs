namespace EnergyChain.Contracts;

/// <summary>How a key stands in the council; the numbers are those of the contract.</summary>
public enum MemberStatus
{
    /// <summary>No member.</summary>
    None = 0,

    /// <summary>Votes on blocks and on proposals.</summary>
    Active = 1,

    /// <summary>Convicted by evidence: keeps its place in the order and votes on nothing.</summary>
    Suspended = 2,
}
