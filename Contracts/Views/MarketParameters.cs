using EnergyChain.Contracts.Abi;
using EnergyChain.Core.Numerics;
using EnergyChain.Core.Primitives;

namespace EnergyChain.Contracts.Views;

/// <summary>The market's parameters. Times in seconds, money in base units per kWh.</summary>
public sealed record MarketParameters(
    ulong SlotSeconds,
    ulong GateLeadSeconds,
    ulong ReportWindowSeconds,
    Address Operator,
    Address GridAccount,
    Address Registry,
    Address Certificate,
    UInt256 GridFeePerKwh,
    UInt256 CollateralPerKwh)
{
    internal static MarketParameters Read(AbiValue value)
    {
        IReadOnlyList<AbiValue> v = value.Items;
        return new MarketParameters(
            v[0].AsUInt64,
            v[1].AsUInt64,
            v[2].AsUInt64,
            v[3].AsAddress,
            v[4].AsAddress,
            v[5].AsAddress,
            v[6].AsAddress,
            v[7].AsUInt256,
            v[8].AsUInt256);
    }

    /// <summary>The value that a buy order or the acceptance of an offer carries.</summary>
    public UInt256 EscrowFor(uint energyWh, UInt256 pricePerKwh) => Money(energyWh, pricePerKwh + GridFeePerKwh);

    /// <summary>The value that a sell order or an offer carries.</summary>
    public UInt256 CollateralFor(uint energyWh) => Money(energyWh, CollateralPerKwh);

    private static UInt256 Money(uint energyWh, UInt256 pricePerKwh) =>
        UInt256.FromBigInteger(pricePerKwh.ToBigInteger() * energyWh / 1000);
}
