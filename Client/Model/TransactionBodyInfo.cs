using EnergyChain.Core.Numerics;
using EnergyChain.Core.Primitives;

namespace EnergyChain.Client.Model;

/// <summary>What a sender signed.</summary>
public sealed record TransactionBodyInfo(
    Address Sender,
    ulong Nonce,
    Address? To,
    UInt256 Value,
    ReadOnlyMemory<byte> Data,
    Gas GasLimit,
    UInt256 GasPrice,
    Height ValidUntil,
    Address? FeePayer,
    ReadOnlyMemory<byte> Memo);
