using EnergyChain.Core.Numerics;

namespace EnergyChain.Contracts;

/// <summary>The constants of the contracts, asserted against the compiled code by a test.</summary>
public static class MarketLimits
{
    public const int MaxOrdersPerSlot = 512;
    public const int MaxOrdersPerSite = 16;
    public const int MaxDirectTradesPerSlot = 256;
    public const int MaxDirectTradesPerSite = 16;
    public const int MaxSlotsAhead = 1024;
    public const uint MaxEnergyWh = 1_000_000_000;
    public const uint PriceStep = 1000;
    public const int MaxHalvings = 8;

    /// <summary>A million ENC per kWh.</summary>
    public static UInt256 MaxPricePerKwh { get; } =
        UInt256.FromBigInteger(System.Numerics.BigInteger.Pow(10, 24));
}
