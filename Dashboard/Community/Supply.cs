using System.Numerics;

namespace EnergyChain.Dashboard.Community;

/// <summary>What one site delivered to another; Wh.</summary>
public sealed record Supply(uint Seller, uint Buyer, BigInteger DeliveredWh);
