using EnergyChain.StateTests;
using EnergyChain.Vm.Opcodes;
using EnergyChain.Vm.State;

namespace EnergyChain.Vm.Tests;

/// <summary>Code made to be compiled and not to run: the work and the memory of compiling stay bounded.</summary>
public sealed class CompilingCostTests
{
    private const int Unit = 7;

    [Test]
    public void Code_that_runs_once_is_hardly_compiled()
    {
        const int units = 3_400;
        byte[] first = Chain(units, 0);
        byte[] second = Chain(units, 1);

        // Every block that is compiled takes several hundred bytes.
        long interpreted = Allocated(CodeEngine.Interpreter, first, second);
        Assert.That(Allocated(CodeEngine.Adaptive, first, second) - interpreted, Is.LessThan(30 * units));
        Assert.That(Allocated(CodeEngine.Blocks, first, second), Is.GreaterThan(300 * units));
    }

    [Test]
    public void Blocks_of_many_codes_are_forgotten()
    {
        EvmMachine machine = new(CodeEngine.Blocks);
        long before = GC.GetTotalMemory(forceFullCollection: true);
        for (int i = 0; i < 300; i++)
        {
            Run(machine, Chain(3_400, i));
        }

        long kept = GC.GetTotalMemory(forceFullCollection: true) - before;
        GC.KeepAlive(machine);
        Assert.That(kept, Is.LessThan(80 * 1024 * 1024));
    }

    [Test]
    public void A_block_left_again_and_again_for_want_of_gas_gives_the_same()
    {
        // Fails by memory, behind branches not taken; the caller goes on.
        byte[] branch = [(byte)Opcode.Push0, (byte)Opcode.Push1, 0x40, (byte)Opcode.Jumpi];
        byte[] callee =
        [
            .. Enumerable.Repeat(branch, 12).SelectMany(static bytes => bytes),
            (byte)Opcode.Push2, 0x20, 0x00, (byte)Opcode.Mload, (byte)Opcode.Stop,
            .. new byte[0x40 - 53], (byte)Opcode.Jumpdest,
        ];
        byte[] caller =
        [
            (byte)Opcode.Push2, 0x03, 0xE8, (byte)Opcode.Jumpdest,
            .. new CodeBuilder().Call(Opcode.Call, VmHost.Other, 300).Op(Opcode.Pop).Push(1).Op(Opcode.Swap1).Build(),
            .. new CodeBuilder().Op(Opcode.Sub).Op(Opcode.Dup1).Push(3).Op(Opcode.Jumpi).Build(),
        ];
        ulong[] gas = [.. new[] { CodeEngine.Interpreter, CodeEngine.Adaptive, CodeEngine.Blocks }.Select(engine =>
        {
            EvmMachine machine = new(engine);
            Run(machine, caller, callee);
            return Run(machine, caller, callee);
        })];
        Assert.That(gas[0], Is.GreaterThan(300_000));
        Assert.That(gas, Is.All.EqualTo(gas[0]));
    }

    private static long Allocated(CodeEngine engine, byte[] first, byte[] second)
    {
        EvmMachine machine = new(engine);
        Run(machine, first);
        long before = GC.GetAllocatedBytesForCurrentThread();
        Run(machine, second);
        return GC.GetAllocatedBytesForCurrentThread() - before;
    }

    /// <summary>Units that jump from one to the next; GAS ends a block, so that none holds two units.</summary>
    private static byte[] Chain(int units, int tag)
    {
        List<byte> code = [];
        for (int i = 1; i <= units; i++)
        {
            int next = i * Unit;
            code.AddRange(
            [
                (byte)Opcode.Jumpdest, (byte)Opcode.Gas, (byte)Opcode.Pop,
                (byte)Opcode.Push2, (byte)(next >> 8), (byte)(next & 0xFF), (byte)Opcode.Jump,
            ]);
        }

        code.Add((byte)Opcode.Jumpdest);
        code.AddRange([(byte)Opcode.Stop, (byte)(tag >> 8), (byte)(tag & 0xFF)]);
        return [.. code];
    }

    private static ulong Run(EvmMachine machine, byte[] code, byte[]? other = null)
    {
        MemoryState world = new();
        world.SetAccount(VmHost.Caller, 1, 1_000_000, default);
        world.SetAccount(VmHost.Contract, 1, 0, code);
        world.SetAccount(VmHost.Other, 1, 0, other ?? []);
        StateOverlay state = new(world);
        state.BeginTransaction();
        CallMessage message = new(VmHost.Caller, VmHost.Contract, 0, default, 10_000_000);
        ExecutionResult result = machine.Execute(
            new VmHost().Block, new TransactionEnvironment(VmHost.Caller, 1), message, state);
        Assert.That(result.Status, Is.EqualTo(ExecutionStatus.Success));
        return result.GasUsed;
    }
}
