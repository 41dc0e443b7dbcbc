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
    bool Succeeded);
