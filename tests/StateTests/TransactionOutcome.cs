using EnergyChain.Vm;

namespace EnergyChain.StateTests;

/// <summary>What became of a transaction.</summary>
/// <param name="Error">Why it is invalid and nothing has happened; null when it has run.</param>
/// <param name="GasUsed">What its sender paid for: intrinsic gas included, refund taken off.</param>
/// <param name="Execution">Of its message; null when it is invalid.</param>
public sealed record TransactionOutcome(string? Error, ulong GasUsed, ExecutionResult? Execution);
