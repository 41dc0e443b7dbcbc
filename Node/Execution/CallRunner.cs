using System.Collections.Concurrent;
using EnergyChain.Core.Numerics;
using EnergyChain.Core.Primitives;
using EnergyChain.Vm;
using EnergyChain.Vm.State;
using EnergyChain.Vm.Tracing;

namespace EnergyChain.Node.Execution;

/// <summary>
/// Runs read-only messages against the state after the head. A call never holds up blocks, and blocks that come while
/// it runs change nothing of what it sees. Thread-safe.
/// </summary>
internal sealed class CallRunner(LiveState live, IBlockHashes hashes, ulong hashSeed)
{
    private readonly ConcurrentBag<EvmMachine> _machines = [];

    /// <param name="request">What to run.</param>
    /// <param name="tracer">Watches it; null for nobody.</param>
    public CallOutcome Run(CallRequest request, ITracer? tracer = null)
    {
        ChainHead head = live.Head;
        PastState state = live.After(head.Height);
        CallOutcome outcome = Run(request, state, head, tracer);
        return state.IsKept
            ? outcome with { Height = head.Height }
            : new CallOutcome(false, default, request.GasLimit, [], CallOutcome.Busy);
    }

    private CallOutcome Run(CallRequest request, IStateReader state, ChainHead head, ITracer? tracer)
    {
        ulong limit = Math.Min(request.GasLimit.Value, head.Parameters.TransactionGasLimit.Value);
        if (!_machines.TryTake(out EvmMachine? machine))
        {
            // Nobody pays for what a call heats up.
            machine = new EvmMachine(CodeEngine.Interpreter);
        }

        CallMessage message = new(request.From, request.To, request.Value, request.Data, limit);
        ExecutionResult? result = ReadOnlyCall.Run(
            machine, EnvironmentAfter(head), head.Parameters.GasPrice, message, state, hashSeed, tracer);
        _machines.Add(machine);
        return result is null
            ? new CallOutcome(false, default, new Gas(limit), [], nameof(ExecutionStatus.OutOfGas))
            : new CallOutcome(
                result.IsSuccess,
                result.ReturnData,
                new Gas(IntrinsicGas.Of(request.Data.Span, request.To is null) + result.GasUsed),
                [.. result.Logs],
                result.IsSuccess ? "" : result.Status.ToString());
    }

    // As in the next block, were it made at the head's time by nobody.
    private BlockEnvironment EnvironmentAfter(ChainHead head) => new(
        head.Parameters.ChainId,
        head.Height.Next,
        head.Time.UnixSeconds,
        Address.Zero,
        head.Parameters.BlockGasLimit,
        UInt256.Zero,
        head.Hash,
        hashes);
}
