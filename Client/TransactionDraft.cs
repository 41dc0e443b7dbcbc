using EnergyChain.Core.Numerics;
using EnergyChain.Core.Primitives;

namespace EnergyChain.Client;

/// <summary>What a transaction shall do, before nonce and gas are known.</summary>
public sealed record TransactionDraft
{
    /// <summary>The account paid or the contract called.</summary>
    public required Address To { get; init; }

    /// <summary>Base units that move.</summary>
    public UInt256 Value { get; init; }

    /// <summary>Call data.</summary>
    public ReadOnlyMemory<byte> Data { get; init; }

    /// <summary>Null: estimated.</summary>
    public Gas? GasLimit { get; init; }

    /// <summary>Null: the next one of the sender.</summary>
    public ulong? Nonce { get; init; }

    /// <summary>How many blocks after the head it may still be included.</summary>
    public ulong ValidForBlocks { get; init; } = 120;

    /// <summary>Who pays the gas; null: the sender.</summary>
    public Address? FeePayer { get; init; }

    /// <summary>A detached memo; only its hash is signed.</summary>
    public ReadOnlyMemory<byte>? Memo { get; init; }
}
