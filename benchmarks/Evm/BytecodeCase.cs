using System.Diagnostics;
using EnergyChain.Core.Chain;
using EnergyChain.Core.Numerics;
using EnergyChain.Core.Primitives;
using EnergyChain.Ledger.State;
using EnergyChain.Vm;
using EnergyChain.Vm.State;

namespace EnergyChain.Benchmarks.Evm;

/// <summary>
/// One call of a program on the machine, as a transaction of its own on a state that holds the contract only. The
/// overlay is emptied after each run and keeps its tables, as a node's does.
/// </summary>
internal sealed class BytecodeCase : BenchmarkCase
{
    private const ulong GasLimit = 1_000_000_000;
    private static readonly Address Caller = Address.FromNumber(0xCA11E4);

    private readonly EvmMachine _machine = new();
    private readonly StateOverlay _overlay;
    private readonly BlockEnvironment _block;
    private readonly TransactionEnvironment _transaction = new(Caller, UInt256.Zero);
    private readonly CallMessage _message;
    private readonly BytecodeProgram _program;

    public BytecodeCase(string name, BenchmarkGroup group, BytecodeProgram program)
        : base(name, group)
    {
        _program = program;
        Genesis genesis = new(
            new BlockTime(1_800_000_000_000),
            new ChainParameters { ChainId = new ChainId(1) },
            new Council([]),
            [new GenesisAccount(program.Address, UInt256.Zero, program.Code, [])]);
        _overlay = new StateOverlay(WorldState.FromGenesis(genesis));
        _block = new BlockEnvironment(
            genesis.ChainId,
            new Height(1),
            genesis.Time.UnixSeconds,
            Address.FromNumber(0xC0B),
            new Gas(GasLimit),
            UInt256.Zero,
            Hash32.Zero,
            new NoBlockHashes());
        _message = new CallMessage(Caller, program.Address, UInt256.Zero, program.CallData, GasLimit);
    }

    public override ulong Gas => _program.Gas;

    public override BytecodeProgram Program => _program;

    public override Sample Run()
    {
        _overlay.BeginTransaction();
        long allocatedBefore = GC.GetAllocatedBytesForCurrentThread();
        long start = Stopwatch.GetTimestamp();
        ExecutionResult result = _machine.Execute(_block, _transaction, _message, _overlay);
        double nanoseconds = Stopwatch.GetElapsedTime(start).TotalNanoseconds;
        long allocated = GC.GetAllocatedBytesForCurrentThread() - allocatedBefore;
        _overlay.EndTransaction();
        _overlay.Drain();
        return new Sample(nanoseconds, allocated, FindMistake(result));
    }

    private string? FindMistake(ExecutionResult result) =>
        result.Status != ExecutionStatus.Success ? $"status {result.Status}, not Success"
        : !result.ReturnData.Span.SequenceEqual(_program.Returns)
            ? $"returned {Hex.Encode(result.ReturnData.Span)}, not {Hex.Encode(_program.Returns)}"
        : result.GasUsed != _program.Gas ? $"used {result.GasUsed} gas, not {_program.Gas}"
        : null;
}
