using EnergyChain.Core.Numerics;
using EnergyChain.Core.Primitives;

namespace EnergyChain.Client.Model;

/// <summary>What executing a transaction did.</summary>
/// <param name="Height">Its block.</param>
/// <param name="Index">Its place in the block; null where that is not proven.</param>
/// <param name="Time">The block's time.</param>
/// <param name="Succeeded">False where it reverted or ran out of gas.</param>
/// <param name="GasUsed">Gas paid for.</param>
/// <param name="Fee">Base units paid for gas.</param>
/// <param name="CreatedContract">The contract it made, if any.</param>
/// <param name="Output">Return or revert data.</param>
/// <param name="Failure">The failure in words; empty where it succeeded.</param>
/// <param name="Logs">Events in order.</param>
public sealed record ReceiptInfo(
    Height Height,
    uint? Index,
    BlockTime Time,
    bool Succeeded,
    Gas GasUsed,
    UInt256 Fee,
    Address? CreatedContract,
    ReadOnlyMemory<byte> Output,
    string Failure,
    IReadOnlyList<LogInfo> Logs);
