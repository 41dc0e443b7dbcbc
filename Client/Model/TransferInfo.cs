using EnergyChain.Core.Numerics;
using EnergyChain.Core.Primitives;

namespace EnergyChain.Client.Model;

/// <summary>A transaction of an account's history.</summary>
public sealed record TransferInfo(
    Hash32 Id,
    Height Height,
    BlockTime Time,
    Address Sender,
    Address? To,
    UInt256 Value,
    UInt256 Fee,
    bool Succeeded)
{
    public Gas GasUsed { get; init; }

    /// <summary>First four bytes of the data as 0x and 8 hex digits; empty where there are fewer.</summary>
    public string Selector { get; init; } = "";

    /// <summary>Who paid the gas; null: the sender.</summary>
    public Address? FeePayer { get; init; }
}
