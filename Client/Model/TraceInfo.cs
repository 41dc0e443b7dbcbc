using EnergyChain.Core.Primitives;

namespace EnergyChain.Client.Model;

/// <summary>What a transaction or a call did.</summary>
/// <param name="Height">The block of the transaction; of a call, the height whose state it ran on.</param>
/// <param name="Succeeded">False where it reverted or ran out of gas.</param>
/// <param name="GasUsed">Intrinsic gas and that of the outermost call, less what was refunded.</param>
/// <param name="IntrinsicGas">Gas before the first opcode.</param>
/// <param name="GasRefunded">Given back for cleared storage.</param>
/// <param name="Failure">The failure in words; empty where it succeeded.</param>
/// <param name="IsTruncated">Whether the node left something out for being too much.</param>
/// <param name="Entries">Calls and events as they happened; the first is the outermost call.</param>
public sealed record TraceInfo(
    Height Height,
    bool Succeeded,
    Gas GasUsed,
    Gas IntrinsicGas,
    Gas GasRefunded,
    string Failure,
    bool IsTruncated,
    IReadOnlyList<TraceEntryInfo> Entries);
