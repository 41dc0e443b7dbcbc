using System.Globalization;
using EnergyChain.Contracts;
using EnergyChain.Core.Numerics;

namespace EnergyChain.Client.Units;

/// <summary>Energy as people write it: 1500, 1500Wh, 1.5kWh, 0.2MWh. Exact to the Wh.</summary>
public static class EnergyAmount
{
    private static readonly (string Suffix, int Decimals)[] Units = [("MWh", 6), ("kWh", 3), ("Wh", 0)];

    /// <summary>Reads 1 to 1,000,000,000 Wh, what the market takes for an order.</summary>
    public static bool TryParse(string text, out uint energyWh)
    {
        energyWh = 0;
        string number = text.Trim();
        int decimals = 0;
        foreach ((string suffix, int places) in Units)
        {
            if (number.EndsWith(suffix, StringComparison.OrdinalIgnoreCase))
            {
                number = number[..^suffix.Length].TrimEnd();
                decimals = places;
                break;
            }
        }

        if (!CoinAmount.TryParse(number, decimals, out UInt256 wh) || wh.IsZero || wh > MarketLimits.MaxEnergyWh)
        {
            return false;
        }

        energyWh = checked((uint)(ulong)wh);
        return true;
    }

    /// <summary>Below 1 kWh in Wh, above in kWh with what decimals it needs.</summary>
    public static string Format(ulong energyWh)
    {
        if (energyWh < 1_000)
        {
            return $"{energyWh.ToString(CultureInfo.InvariantCulture)} Wh";
        }

        string fraction = (energyWh % 1_000).ToString("000", CultureInfo.InvariantCulture).TrimEnd('0');
        string whole = (energyWh / 1_000).ToString(CultureInfo.InvariantCulture);
        return fraction.Length == 0 ? $"{whole} kWh" : $"{whole}.{fraction} kWh";
    }
}
