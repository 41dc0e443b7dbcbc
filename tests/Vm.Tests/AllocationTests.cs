using EnergyChain.Core.Numerics;
using EnergyChain.Core.Primitives;
using EnergyChain.StateTests;
using EnergyChain.Vm.Opcodes;
using EnergyChain.Vm.State;

namespace EnergyChain.Vm.Tests;

/// <summary>A machine and an overlay that are reused allocate what a call returns, however long it runs.</summary>
public sealed class AllocationTests
{
    private const int ResultBytes = 1_024;

    /// <summary>
    /// Counts down from the call data; each turn hashes, computes, writes memory, reads and writes storage, and calls
    /// another contract, a precompile and itself with no data, which returns at once.
    /// </summary>
    private static readonly byte[] Code =
    [
        .. new CodeBuilder().Push(0).Op(Opcode.Calldataload).Build(),
        (byte)Opcode.Jumpdest,
        .. new CodeBuilder().Op(Opcode.Dup1).Op(Opcode.Iszero).Push(130).Op(Opcode.Jumpi).Build(),
        .. new CodeBuilder().Op(Opcode.Dup1).Push(0).Op(Opcode.Mstore).Push(64).Push(0).Op(Opcode.Keccak256).Build(),
        .. new CodeBuilder().Push(7).Op(Opcode.Swap1).Op(Opcode.Mod).Op(Opcode.Sload).Push(3).Op(Opcode.Exp).Build(),
        .. new CodeBuilder().Push(11).Op(Opcode.Add).Push(5).Op(Opcode.Sstore).Build(),
        .. Call(VmHost.Other),
        .. Call(VmHost.Contract),
        .. Call(Address.FromNumber(2)),
        .. new CodeBuilder().Push(1).Op(Opcode.Swap1).Op(Opcode.Sub).Push(2).Op(Opcode.Jump).Build(),
    ];

    [Test]
    public void A_longer_call_allocates_no_more_than_a_short_one(
        [Values(CodeEngine.Interpreter, CodeEngine.Blocks, CodeEngine.Adaptive)] CodeEngine engine)
    {
        byte[] code = [.. Code, .. new byte[130 - Code.Length], (byte)Opcode.Jumpdest, (byte)Opcode.Stop];
        MemoryState world = new();
        world.SetAccount(VmHost.Caller, 1, 1_000_000, default);
        world.SetAccount(VmHost.Contract, 1, 0, code);
        world.SetAccount(VmHost.Other, 1, 0, new CodeBuilder().Op(Opcode.Gas).ReturnTop().Build());
        StateOverlay state = new(world);
        EvmMachine machine = new(engine);
        BlockEnvironment block = new VmHost().Block;
        for (int i = 0; i < 3; i++)
        {
            Allocated(machine, block, state, 3_000);
        }

        long shortCall = Allocated(machine, block, state, 1);
        long longCall = Allocated(machine, block, state, 2_000);
        Assert.That(longCall, Is.LessThan(shortCall + ResultBytes));
        Assert.That(shortCall, Is.LessThan(ResultBytes));
    }

    private static byte[] Call(Address address) => new CodeBuilder()
        .Push(32).Push(0).Push(0).Push(0).Push(0)
        .Push(UInt256.FromBigEndian(address.ToArray())).Op(Opcode.Gas).Op(Opcode.Call).Op(Opcode.Pop).Build();

    private static long Allocated(EvmMachine machine, in BlockEnvironment block, StateOverlay state, ulong turns)
    {
        byte[] data = new byte[32];
        new UInt256(turns).WriteBigEndian(data);
        state.BeginTransaction();
        CallMessage message = new(VmHost.Caller, VmHost.Contract, 0, data, 100_000_000);
        long before = GC.GetAllocatedBytesForCurrentThread();
        ExecutionResult result = machine.Execute(block, new TransactionEnvironment(VmHost.Caller, 1), message, state);
        long allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        Assert.That(result.Status, Is.EqualTo(ExecutionStatus.Success));
        Assert.That(result.GasUsed, Is.GreaterThan(turns * 300));
        state.EndTransaction();
        state.Drain();
        return allocated;
    }
}
