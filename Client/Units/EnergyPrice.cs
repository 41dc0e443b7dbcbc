using System.Numerics;
using EnergyChain.Contracts;
using EnergyChain.Core.Numerics;

namespace EnergyChain.Client.Units;

/// <summary>Prices in ENC per kWh as people write them.</summary>
public static class EnergyPrice
{
    /// <summary>Reads a price of at most 15 decimals and a million ENC, the steps and bound of the market.</summary>
    public static bool TryParse(string text, out UInt256 basePerKwh) =>
        CoinAmount.TryParse(text, out basePerKwh)
        && basePerKwh <= MarketLimits.MaxPricePerKwh
        && (basePerKwh.ToBigInteger() % new BigInteger(MarketLimits.PriceStep)).IsZero;

    public static string Format(UInt256 basePerKwh) => CoinAmount.Format(basePerKwh);
}
