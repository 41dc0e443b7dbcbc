using System.Numerics;

namespace EnergyChain.Node.Devnet.Report;

/// <summary>
/// Electricity bills in base units. Tariffs in base units per kWh, multiples of 1000, so all is exact.
/// </summary>
public static class Bill
{
    /// <summary>Retail x import - feed-in x export.</summary>
    public static BigInteger WithoutMarket(MeteredEnergy metered, BigInteger retail, BigInteger feedIn) =>
        Money(metered.ImportWh, retail) - Money(metered.ExportWh, feedIn);

    /// <summary>
    /// What is left for the retailer after the market, and the market's own payments: what a buyer received beyond its
    /// import is its own export.
    /// </summary>
    public static BigInteger WithMarket(
        MeteredEnergy metered, SiteMoney money, BigInteger retail, BigInteger feedIn) =>
        Money(Math.Max(0, metered.ImportWh - money.ReceivedWh), retail)
        - Money(Math.Max(0, money.ReceivedWh - metered.ImportWh), feedIn)
        - Money(metered.ExportWh - money.DeliveredWh, feedIn)
        + money.NetCost;

    private static BigInteger Money(long energyWh, BigInteger perKwh) => energyWh * perKwh / 1_000;
}
