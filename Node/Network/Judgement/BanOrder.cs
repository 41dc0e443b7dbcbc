namespace EnergyChain.Node.Network.Judgement;

/// <summary>What an operator ordered.</summary>
/// <param name="AtMs">When, which is also its number.</param>
/// <param name="Subject">A node key or an IP address.</param>
/// <param name="UntilMs">The end of the ban; null for a pardon.</param>
internal sealed record BanOrder(long AtMs, string Subject, long? UntilMs);
