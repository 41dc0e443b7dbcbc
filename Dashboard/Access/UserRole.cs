namespace EnergyChain.Dashboard.Access;

/// <summary>What a user may do.</summary>
public enum UserRole
{
    /// <summary>Reads where reading is for members only.</summary>
    Member,

    /// <summary>Reads, spends and changes.</summary>
    Operator,
}
