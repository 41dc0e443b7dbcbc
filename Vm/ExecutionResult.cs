using EnergyChain.Core.Chain;
using EnergyChain.Core.Primitives;

namespace EnergyChain.Vm;

/// <summary>What became of a message.</summary>
/// <param name="Status">Success, or why not.</param>
/// <param name="GasUsed">Of the message's gas limit, before refunds.</param>
/// <param name="GasRefund">
/// Gas to give back, not capped: the caller caps it at a fifth of all gas used, the intrinsic gas included (EIP-3529).
/// Zero unless the status is success.
/// </param>
/// <param name="ReturnData">What the code returned or reverted with; empty for a creation that succeeded.</param>
/// <param name="CreatedAddress">The new contract, when one was created.</param>
/// <param name="Logs">The events, in order; empty unless the status is success.</param>
public sealed record ExecutionResult(
    ExecutionStatus Status,
    ulong GasUsed,
    ulong GasRefund,
    ReadOnlyMemory<byte> ReturnData,
    Address? CreatedAddress,
    IReadOnlyList<LogEntry> Logs)
{
    public bool IsSuccess => Status == ExecutionStatus.Success;
}
