using EnergyChain.Core.Chain;
using EnergyChain.Core.Numerics;
using EnergyChain.Core.Primitives;

namespace EnergyChain.Vm.Tracing;

/// <summary>Watches an execution. It sees everything and can change nothing.</summary>
public interface ITracer
{
    /// <summary>A call or creation starts, one to a precompile or to an account without code included.</summary>
    void BeginCall(in TraceCall call);

    /// <summary>An opcode is about to run.</summary>
    void BeginStep(in TraceStep step);

    /// <summary>The opcode has run.</summary>
    /// <param name="gasCost">All it cost, the gas passed to a call included.</param>
    /// <param name="status">Success unless the opcode ended the frame in another way.</param>
    void EndStep(ulong gasCost, ExecutionStatus status);

    /// <summary>
    /// The innermost running call emits an event, which is undone where that call or one around it fails.
    /// </summary>
    void Log(LogEntry entry)
    {
    }

    /// <summary>
    /// The innermost running call ends itself by SELFDESTRUCT, which is undone where a call around it fails.
    /// </summary>
    /// <param name="contract">The account that gives its coin away.</param>
    /// <param name="beneficiary">Who gets it; may be the contract.</param>
    /// <param name="balance">Base units that the contract had, 0 included. They moved unless it gave to itself.</param>
    /// <param name="isDeleted">
    /// Whether the contract goes when the transaction ends (EIP-6780); what it gave to itself is burnt then.
    /// </param>
    void Selfdestruct(Address contract, Address beneficiary, in UInt256 balance, bool isDeleted)
    {
    }

    /// <summary>The innermost running call ends.</summary>
    void EndCall(ExecutionStatus status, ulong gasUsed, ReadOnlySpan<byte> output);
}
