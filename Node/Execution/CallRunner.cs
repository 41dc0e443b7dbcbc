using System.Collections.Concurrent;
using EnergyChain.Core.Chain;
using EnergyChain.Core.Numerics;
using EnergyChain.Core.Primitives;
using EnergyChain.Vm;
using EnergyChain.Vm.State;

namespace EnergyChain.Node.Execution;

/// <summary>
/// Runs read-only messages against the state after the head. A call never holds up blocks: it takes the lock for each
/// access only and is run again where a block came in between, a few times at most. Thread-safe.
/// </summary>
internal sealed class CallRunner(LiveState live, ChainParameters parameters, IBlockHashes hashes, ulong hashSeed)
{
    // A view takes far less time than a block interval: two blocks in a row in the middle of one are rare.
    private const int MaxAttempts = 6;

    private readonly ConcurrentBag<EvmMachine> _machines = [];

    public CallOutcome Run(CallRequest request)
    {
        for (int attempt = 0; attempt < MaxAttempts; attempt++)
        {
            ChainHead head = live.Head;
            CallOutcome outcome = Run(request, live.Unlocked(), head);
            if (ReferenceEquals(live.Head, head))
            {
                return outcome;
            }
        }

        return new CallOutcome(false, default, request.GasLimit, [], CallOutcome.Busy);
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
            [.. result.Logs],
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
