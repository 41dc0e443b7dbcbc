using EnergyChain.Core.Chain;
using EnergyChain.Core.Primitives;

namespace EnergyChain.Node.Execution;

/// <summary>The result of a <see cref="CallRequest"/>.</summary>
/// <param name="Succeeded">False where it reverted or ran out of gas.</param>
/// <param name="Output">Return data, or revert data.</param>
/// <param name="GasUsed">Gas used, the intrinsic gas of a transaction included.</param>
/// <param name="Logs">Events it would have emitted.</param>
/// <param name="Failure">The kind of failure in words, <see cref="Busy"/> too; empty where it succeeded.</param>
public sealed record CallOutcome(
    bool Succeeded, ReadOnlyMemory<byte> Output, Gas GasUsed, IReadOnlyList<LogEntry> Logs, string Failure)
{
    /// <summary>
    /// So many blocks came that the state it ran on is no longer kept; the same call may go through when it is made
    /// again.
    /// </summary>
    public const string Busy = "Busy";

    /// <summary>The height whose state it ran on.</summary>
    public Height Height { get; init; }
}
