using EnergyChain.Core.Numerics;
using EnergyChain.Core.Primitives;
using EnergyChain.Vm.Interpreter;
using EnergyChain.Vm.Precompiles;
using EnergyChain.Vm.State;
using EnergyChain.Vm.Tracing;

namespace EnergyChain.Vm;

/// <summary>
/// The EVM of the Cancun fork. Reusable, and meant to be reused: it keeps frames and analysed code. For one thread at
/// a time. Any code and call data gives a defined result and no exception.
/// </summary>
public sealed partial class EvmMachine
{
    private readonly FrameContext _context;
    private readonly List<Frame> _frames = [];
    private readonly PrecompileOutput _precompileOutput = new();

    /// <param name="engine">What runs the code.</param>
    public EvmMachine(CodeEngine engine = CodeEngine.Adaptive) => _context = new FrameContext(engine);

    /// <summary>
    /// Runs a transaction's message between <see cref="StateOverlay.BeginTransaction"/> and
    /// <see cref="StateOverlay.EndTransaction"/>. Nonce, intrinsic gas, fee and refund are the caller's business; the
    /// message's value moves here. Unless it succeeds, the state is as before but for what is warm.
    /// </summary>
    public ExecutionResult Execute(
        in BlockEnvironment block, in TransactionEnvironment transaction, in CallMessage message, StateOverlay state) =>
        Execute(block, transaction, message, state, null);

    /// <inheritdoc cref="Execute(in BlockEnvironment, in TransactionEnvironment, in CallMessage, StateOverlay)"/>
    /// <param name="block">The block.</param>
    /// <param name="transaction">The transaction.</param>
    /// <param name="message">What to run.</param>
    /// <param name="state">What it runs on.</param>
    /// <param name="tracer">Watches; null for nobody, which is much faster.</param>
    public ExecutionResult Execute(
        in BlockEnvironment block,
        in TransactionEnvironment transaction,
        in CallMessage message,
        StateOverlay state,
        ITracer? tracer)
    {
        _context.Block = block;
        _context.Transaction = transaction;
        _context.State = state;
        _context.Tracer = tracer;
        WarmUp(message);
        int firstLog = state.Logs.Count;
        long gasLimit = (long)Math.Min(message.GasLimit, long.MaxValue);
        CallRequest request = RequestOf(message, gasLimit);
        AccountEntry sender = state.Entry(message.Caller);
        Frame? frame = Enter(ref request, sender, 0, message.Data, out CallOutcome outcome);
        byte[] output = [];
        if (frame is not null)
        {
            RunFrames(frame, tracer is not null);
            outcome = new CallOutcome(frame.Status, frame.Gas);
            output = frame.Output.ToArray();
        }
        else if (outcome.HasOutput)
        {
            output = _precompileOutput.Bytes.ToArray();
        }

        bool succeeded = outcome.Status == ExecutionStatus.Success;
        ExecutionResult result = new(
            outcome.Status,
            (ulong)(gasLimit - outcome.GasLeft),
            succeeded ? (ulong)Math.Max(0, state.Refund) : 0,
            output,
            succeeded && message.To is null ? request.Target!.Address : null,
            succeeded ? [.. state.Logs.Skip(firstLog)] : []);
        TrimFrames();
        return result;
    }

    private CallRequest RequestOf(in CallMessage message, long gas)
    {
        AccountEntry? target = message.To is Address to ? _context.State.Entry(to) : null;
        return new CallRequest
        {
            Kind = target is null ? CallKind.Create : CallKind.Call,
            Target = target,
            CodeSource = target,
            Caller = message.Caller,
            Value = message.Value,
            TransfersValue = true,
            Gas = gas,
        };
    }

    /// <summary>EIP-2929, 2930, 3651.</summary>
    private void WarmUp(in CallMessage message)
    {
        StateOverlay state = _context.State;
        state.WarmUp(_context.Transaction.Origin);
        state.WarmUp(_context.Block.Coinbase);
        if (message.To is Address to)
        {
            state.WarmUp(to);
        }

        foreach (Address address in PrecompileTable.WarmAddresses)
        {
            state.WarmUp(address);
        }

        foreach (AccessListEntry entry in message.AccessList ?? [])
        {
            state.WarmUp(entry.Address);
            foreach (UInt256 key in entry.StorageKeys)
            {
                state.WarmUp(entry.Address, key);
            }
        }
    }

    private Frame FrameAt(int depth)
    {
        if (depth == _frames.Count)
        {
            _frames.Add(new Frame(_context, depth));
        }

        return _frames[depth];
    }

    private void TrimFrames()
    {
        if (_frames.Count > VmLimits.KeptFrames)
        {
            _frames.RemoveRange(VmLimits.KeptFrames, _frames.Count - VmLimits.KeptFrames);
        }

        foreach (Frame frame in _frames)
        {
            frame.Trim();
        }

        _context.State = null!;
        _context.Tracer = null;
    }
}
