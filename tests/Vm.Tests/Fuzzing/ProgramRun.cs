using EnergyChain.Core.Primitives;
using EnergyChain.StateTests;
using EnergyChain.Vm.State;
using EnergyChain.Vm.Tracing;

namespace EnergyChain.Vm.Tests.Fuzzing;

/// <summary>A program that can run in a world of its own and says all that came of it, for comparison.</summary>
/// <param name="Code">The called contract's code, or the init code.</param>
/// <param name="IsCreate">Whether the code is init code.</param>
/// <param name="Peer">The code of <see cref="VmHost.Other"/>.</param>
/// <param name="Data">Call data.</param>
internal sealed record ProgramRun(byte[] Code, bool IsCreate, byte[] Peer, byte[] Data)
{
    /// <summary>A generated program and what goes with it.</summary>
    public static ProgramRun Generate(ProgramGenerator generator, ProgramShape shape)
    {
        bool isCreate = generator.Random.Next(8) == 0;
        return new ProgramRun(
            isCreate ? generator.InitCode() : generator.Program(shape),
            isCreate,
            generator.Program(ProgramShape.Mixed, 6),
            generator.CallData());
    }

    /// <summary>Status, gas, refund, output, logs and state root after a run with so much gas.</summary>
    public string Outcome(EvmMachine machine, ulong gas, ITracer? tracer = null)
    {
        MemoryState world = new();
        world.SetAccount(VmHost.Caller, 1, 1_000_000, default);
        world.SetAccount(VmHost.Contract, 1, 1_000, IsCreate ? default : Code);
        world.SetAccount(VmHost.Other, 1, 50, Peer);
        for (ulong key = 0; key < 3; key++)
        {
            world.SetStorage(VmHost.Contract, key, key + 100);
        }

        StateOverlay state = new(world);
        state.BeginTransaction();
        CallMessage message = new(
            VmHost.Caller, IsCreate ? null : VmHost.Contract, 1, IsCreate ? Code : Data, gas);
        ExecutionResult result = machine.Execute(
            new VmHost().Block, new TransactionEnvironment(VmHost.Caller, 1), message, state, tracer);
        state.EndTransaction();
        world.Apply(state.Drain());
        string logs = string.Join(';', result.Logs.Select(
            static log => $"{log.Address}:{string.Join(',', log.Topics)}:{Hex.Encode(log.Data.Span)}"));
        return $"{result.Status} used {result.GasUsed} refund {result.GasRefund} created {result.CreatedAddress} "
            + $"output {Hex.Encode(result.ReturnData.Span)} logs {logs} root {world.Root()}";
    }

    /// <summary>For a failing test's message.</summary>
    public override string ToString() =>
        $"code {Hex.Encode(Code)}{(IsCreate ? " (init code)" : "")}, peer {Hex.Encode(Peer)}, data {Hex.Encode(Data)}";
}
