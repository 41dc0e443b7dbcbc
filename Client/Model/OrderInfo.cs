using EnergyChain.Contracts;
using EnergyChain.Core.Numerics;
using EnergyChain.Core.Primitives;

namespace EnergyChain.Client.Model;

/// <summary>An order of the history. Energy in Wh, money in base units.</summary>
public sealed record OrderInfo(
    ulong Id,
    ulong Slot,
    OrderKind Kind,
    Address Account,
    uint Site,
    uint Counterparty,
    ulong EnergyWh,
    ulong FilledWh,
    UInt256 PricePerKwh,
    UInt256 Locked,
    UInt256 Returned,
    OrderState State,
    Height PlacedHeight)
{
    public BlockTime PlacedTime { get; init; }

    /// <summary>The transaction that placed it.</summary>
    public Hash32 TransactionId { get; init; }
}
