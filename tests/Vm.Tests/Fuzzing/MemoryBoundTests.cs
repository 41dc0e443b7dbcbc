using EnergyChain.Core.Numerics;
using EnergyChain.Vm.Opcodes;

namespace EnergyChain.Vm.Tests.Fuzzing;

/// <summary>A machine that has run much that is hostile holds on to no more than a stated amount.</summary>
[Category("Fuzz")]
[NonParallelizable]
public sealed class MemoryBoundTests
{
    private const ulong Gas = 8_000_000;

    /// <summary>
    /// What these programs may leave behind; a new machine that has run them holds some ten megabytes. The kept frames
    /// alone may hold 66 megabytes by their limits, so a leak shows long before those do.
    /// </summary>
    private const long HeapBytes = 64L * 1024 * 1024;

    [Test]
    public void Machine_that_ran_hostile_programs_keeps_a_bounded_heap()
    {
        RunAll(new EvmMachine(), rounds: 1, seed: 1);
        long before = GC.GetTotalMemory(forceFullCollection: true);
        EvmMachine machine = new();
        RunAll(machine, rounds: 12, seed: 1_000);
        long after = GC.GetTotalMemory(forceFullCollection: true);
        Assert.That(after - before, Is.LessThan(HeapBytes));
        GC.KeepAlive(machine);
    }

    [Test]
    public void Calls_without_number_reach_the_greatest_depth_and_no_further()
    {
        const ulong plenty = 1_000_000_000_000;
        ProgramRun run = new(Recursion(), IsCreate: false, Peer: [], Data: []);
        ResourceTracer tracer = new(plenty);
        string outcome = run.Outcome(new EvmMachine(), plenty, tracer);
        Assert.That(tracer.Deepest, Is.EqualTo(VmLimits.CallDepth));
        Assert.That(tracer.Ends, Does.Contain(ExecutionStatus.CallTooDeep));
        Assert.That(run.Outcome(new EvmMachine(CodeEngine.Blocks), plenty), Is.EqualTo(outcome));
    }

    private static void RunAll(EvmMachine machine, int rounds, int seed)
    {
        for (int i = 0; i < rounds; i++)
        {
            foreach (byte[] code in Hostile(seed + i))
            {
                new ProgramRun(code, IsCreate: false, Peer: [], Data: []).Outcome(machine, Gas);
            }

            for (int j = 0; j < 20; j++)
            {
                ProgramGenerator generator = new((1_000 * (seed + i)) + j);
                ProgramRun.Generate(generator, ProgramShape.Mixed).Outcome(machine, 200_000);
            }
        }
    }

    /// <summary>As much memory, depth, slots, logs, accounts, return data and code as the gas buys.</summary>
    private static IEnumerable<byte[]> Hostile(int seed)
    {
        UInt256 salt = new((ulong)seed);
        yield return Recursion();
        yield return new CodeBuilder().Push(salt, 1_800_000).Op(Opcode.Mstore).Push(1_800_000, 0).Op(Opcode.Return)
            .Build();
        yield return Repeat(new CodeBuilder().Push(1).Op(Opcode.Gas, Opcode.Sstore));
        yield return Repeat(new CodeBuilder().Push(1).Op(Opcode.Gas, Opcode.Tstore));
        yield return Repeat(new CodeBuilder().Push(3_000, 0).Op(Opcode.Log0));
        yield return Repeat(new CodeBuilder().Op(Opcode.Gas, Opcode.Balance, Opcode.Pop));
        yield return Repeat(new CodeBuilder().Push(0, 0, 100_000, 0, 4).Op(Opcode.Gas, Opcode.Staticcall, Opcode.Pop));
        yield return Repeat(new CodeBuilder().Op(Opcode.Gas).Push(49_000, 0, 0).Op(Opcode.Create2, Opcode.Pop));
        yield return Repeat(new CodeBuilder().Push(salt).Op(Opcode.Gas, Opcode.Gas, Opcode.Mulmod, Opcode.Pop), 600);
    }

    /// <summary>Expands its memory and calls itself with all gas.</summary>
    private static byte[] Recursion() => new CodeBuilder().Push(1, 3_000).Op(Opcode.Mstore)
        .Push(0, 0, 3_000, 0, 0).Op(Opcode.Address, Opcode.Gas, Opcode.Call).Build();

    /// <summary>The statement again and again, a few times or many before the jump back.</summary>
    private static byte[] Repeat(CodeBuilder statement, int times = 1) =>
    [
        (byte)Opcode.Jumpdest,
        .. Enumerable.Repeat(statement.Build(), times).SelectMany(static bytes => bytes),
        (byte)Opcode.Push0,
        (byte)Opcode.Jump,
    ];
}
