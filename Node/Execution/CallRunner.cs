using System.Collections.Concurrent;
using EnergyChain.Core.Chain;
using EnergyChain.Core.Numerics;
using EnergyChain.Core.Primitives;
using EnergyChain.Vm;
using EnergyChain.Vm.State;

namespace EnergyChain.Node.Execution;

/// <summary>
/// Runs read-only messages against the state after the head. A call does not hold up blocks: it reads without a lock
/// of its own and is run again where a block came in between, the last time under the lock. Thread-safe.
/// </summary>
internal sealed class CallRunner(LiveState live, ChainParameters parameters, IBlockHashes hashes, ulong hashSeed)
{
    private const int FreeAttempts = 2;

    private readonly ConcurrentBag<EvmMachine> _machines = [];

    public CallOutcome Run(CallRequest request)
    {
        for (int attempt = 0; attempt < FreeAttempts; attempt++)
        {
            ChainHead head = live.Head;
            CallOutcome outcome = Run(request, live.Unlocked(), head);
            if (ReferenceEquals(live.Head, head))
            {
                return outcome;
            }
        }

        return live.Read((state, head) => Run(request, state, head));
    }

    private CallOutcome Run(CallRequest request, IStateReader state, ChainHead head)
    {
        ulong limit = Math.Min(request.GasLimit.Value, parameters.TransactionGasLimit.Value);
        ulong intrinsic = IntrinsicGas.Of(request.Data.Span, request.To is null);
        if (limit < intrinsic)
        {
            return new CallOutcome(false, default, new Gas(limit), [], nameof(ExecutionStatus.OutOfGas));
        }

        if (!_machines.TryTake(out EvmMachine? machine))
        {
            machine = new EvmMachine();
        }

        StateOverlay overlay = new(state, hashSeed);
        overlay.BeginTransaction();
        overlay.IncrementNonce(request.From);
        TransactionEnvironment transaction = new(request.From, parameters.GasPrice);
        CallMessage message = new(request.From, request.To, request.Value, request.Data, limit - intrinsic);
        ExecutionResult result = machine.Execute(EnvironmentAfter(head), transaction, message, overlay);
        _machines.Add(machine);
        return new CallOutcome(
            result.IsSuccess,
            result.ReturnData,
            new Gas(intrinsic + result.GasUsed),
            [.. result.Logs.Select(static log => new Core.Chain.LogEntry(log.Address, log.Topics, log.Data))],
            result.IsSuccess ? "" : result.Status.ToString());
    }

    // As in the next block, were it made at the head's time by nobody.
    private BlockEnvironment EnvironmentAfter(ChainHead head) => new(
        parameters.ChainId,
        head.Height.Next,
        head.Time.UnixSeconds,
        Address.Zero,
        parameters.BlockGasLimit,
        UInt256.Zero,
        head.Hash,
        hashes);
}
