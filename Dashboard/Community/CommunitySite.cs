using EnergyChain.Dashboard.Billing;

namespace EnergyChain.Dashboard.Community;

/// <summary>A site of the community over a stretch of slots.</summary>
public sealed record CommunitySite(uint Site, BillSums Sums);
