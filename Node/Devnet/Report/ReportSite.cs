using EnergyChain.Core.Primitives;

namespace EnergyChain.Node.Devnet.Report;

/// <summary>A site that a report is about.</summary>
/// <param name="Id">Its number in the registry.</param>
/// <param name="Home">Its name in the data.</param>
/// <param name="Account">The account that trades for it.</param>
/// <param name="IsMetered">Whether it has meters that are to send a record each slot.</param>
public sealed record ReportSite(uint Id, string Home, Address Account, bool IsMetered);
