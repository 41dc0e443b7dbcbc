using System.Numerics;
using EnergyChain.Core.Primitives;

namespace EnergyChain.Node.Devnet.Report;

/// <summary>Coin after a block, in base units.</summary>
/// <param name="Height">The block.</param>
/// <param name="Circulating">All balances less the issuance reserve.</param>
/// <param name="Escrow">Buyers' money that the market holds.</param>
/// <param name="Collateral">Sellers' money that the market holds.</param>
/// <param name="MarketBalance">The market contract's balance.</param>
public sealed record SupplySnapshot(
    Height Height, BigInteger Circulating, BigInteger Escrow, BigInteger Collateral, BigInteger MarketBalance);
