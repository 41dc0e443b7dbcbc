using System.Numerics;

namespace EnergyChain.Node.Devnet.Report;

/// <summary>Coin after a block, in base units.</summary>
/// <param name="Circulating">All balances less the issuance reserve.</param>
/// <param name="Escrow">Buyers' money that the market holds.</param>
/// <param name="Collateral">Sellers' money that the market holds.</param>
/// <param name="MarketBalance">The market contract's balance.</param>
public sealed record SupplySnapshot(
    BigInteger Circulating, BigInteger Escrow, BigInteger Collateral, BigInteger MarketBalance);
