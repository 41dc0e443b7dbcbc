namespace EnergyChain.Dashboard.Access;

/// <summary>Names of what has to be allowed.</summary>
public static class Policies
{
    /// <summary>Seeing pages.</summary>
    public const string Read = "read";

    /// <summary>Spending and changing.</summary>
    public const string Operate = "operate";
}
