namespace EnergyChain.Node.Devnet.Report;

/// <summary>One node's own answer at the common height.</summary>
/// <param name="Name">The node.</param>
/// <param name="Role">"consensus" or "relay".</param>
/// <param name="Height">The common height; 0 where it gave no answer.</param>
/// <param name="HeadHash">Its block there; empty where it gave no answer.</param>
/// <param name="StateRoot">Its state after that block; empty where it gave no answer.</param>
/// <param name="Restarts">How often its process was started again.</param>
public sealed record NodeRow(
    string Name, string Role, ulong Height, string HeadHash, string StateRoot, int Restarts)
{
    /// <summary>The row of a node that is down or behind: it agrees with nobody.</summary>
    public static NodeRow WithoutAnswer(string name, string role, int restarts) =>
        new(name, role, 0, string.Empty, string.Empty, restarts);
}
