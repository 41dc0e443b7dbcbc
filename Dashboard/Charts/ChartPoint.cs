using System.Numerics;

namespace EnergyChain.Dashboard.Charts;

/// <summary>A point of a time series. A chart is the one place where amounts become floating point.</summary>
/// <param name="Time">A moment; the chart shows it in the site's zone.</param>
/// <param name="Value">In the unit of the chart.</param>
public sealed record ChartPoint(DateTimeOffset Time, double Value)
{
    private const double BaseUnitsOfCoin = 1e18;

    /// <summary>Money or a price of base units in ENC.</summary>
    public static double Coin(BigInteger baseUnits) => (double)baseUnits / BaseUnitsOfCoin;
}
