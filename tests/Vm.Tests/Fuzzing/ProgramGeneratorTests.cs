using EnergyChain.Core.Primitives;
using EnergyChain.Vm.Opcodes;

namespace EnergyChain.Vm.Tests.Fuzzing;

/// <summary>The generator is worth running: it gets everywhere.</summary>
[Category("Fuzz")]
public sealed class ProgramGeneratorTests
{
    private const ulong Gas = 300_000;

    /// <summary>Not to be had by a program of this size, or never reached by design.</summary>
    private static readonly ExecutionStatus[] OutOfReach = [ExecutionStatus.CallTooDeep, ExecutionStatus.NonceOverflow];

    [Test]
    public void Generated_programs_reach_every_opcode_every_end_and_every_precompile()
    {
        EvmMachine machine = new();
        HashSet<Opcode> opcodes = [];
        HashSet<ExecutionStatus> ends = [];
        HashSet<Address> called = [];
        int deepest = 0;
        for (int seed = 1; seed <= 1_500; seed++)
        {
            ResourceTracer tracer = new(Gas);
            ProgramRun.Generate(new ProgramGenerator(seed), (ProgramShape)(seed % 5)).Outcome(machine, Gas, tracer);
            opcodes.UnionWith(tracer.Opcodes);
            ends.UnionWith(tracer.Ends);
            called.UnionWith(tracer.Called);
            deepest = Math.Max(deepest, tracer.Deepest);
        }

        Assert.That(Enum.GetValues<Opcode>().Except(opcodes), Is.Empty);
        Assert.That(Enum.GetValues<ExecutionStatus>().Except(ends).Except(OutOfReach), Is.Empty);
        Assert.That(new uint[] { 1, 2, 3, 4, 5, 9 }.Select(Address.FromNumber).Except(called), Is.Empty);
        Assert.That(deepest, Is.GreaterThan(5));
    }

    [Test]
    public void Same_seed_gives_the_same_programs()
    {
        for (int seed = 1; seed <= 20; seed++)
        {
            byte[] first = new ProgramGenerator(seed).Program();
            Assert.That(new ProgramGenerator(seed).Program(), Is.EqualTo(first));
        }
    }
}
