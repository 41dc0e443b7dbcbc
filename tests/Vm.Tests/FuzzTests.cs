using CsCheck;
using EnergyChain.Core.Primitives;
using EnergyChain.StateTests;
using EnergyChain.Vm.Opcodes;
using EnergyChain.Vm.State;
using EnergyChain.Vm.Tracing;

namespace EnergyChain.Vm.Tests;

/// <summary>
/// Any bytes as code: no exception, no more gas than given, the same result twice and under a tracer.
/// </summary>
public sealed class FuzzTests
{
    private const ulong Gas = 300_000;

    private static readonly byte[] Defined = [.. Enum.GetValues<Opcode>().Select(static opcode => (byte)opcode)];

    // Random bytes mostly underflow at once; pushes of small numbers before opcodes get further.
    private static readonly Gen<byte[]> RandomBytes = Gen.Byte.Array[0, 200];

    private static readonly Gen<byte[]> LikelyCode = Gen.Select(Gen.Byte, Gen.Int[0, Defined.Length - 1], Gen.Int[0, 4])
        .Select(static (value, index, pushes) => (byte[])[
            .. Enumerable.Repeat<byte[]>([(byte)Opcode.Push1, value], pushes).SelectMany(static b => b),
            Defined[index]])
        .Array[0, 80].Select(static parts => parts.SelectMany(static part => part).ToArray());

    private readonly EvmMachine _machine = new();

    [Test]
    public void Random_bytes_as_code_have_a_defined_result() => RandomBytes.Sample(CheckTwice, iter: 3_000, threads: 1);

    [Test]
    public void Likely_code_has_a_defined_result() => LikelyCode.Sample(CheckTwice, iter: 5_000, threads: 1);

    [Test]
    public void Random_bytes_for_precompiles_have_a_defined_result() =>
        Gen.Select(Gen.Int[1, 10], Gen.Byte.Array[0, 300]).Sample((number, input) =>
        {
            ExecutionResult result = new VmHost().Run(Address.FromNumber((uint)number), input, Gas);
            Assert.That(result.GasUsed, Is.LessThanOrEqualTo(Gas));
        }, iter: 2_000);

    private void CheckTwice(byte[] code)
    {
        string first = Run(code, isCreate: false, tracer: null);
        Assert.That(Run(code, isCreate: false, tracer: null), Is.EqualTo(first));
        Assert.That(Run(code, isCreate: false, tracer: new CountingTracer()), Is.EqualTo(first));
        string created = Run(code, isCreate: true, tracer: null);
        Assert.That(Run(code, isCreate: true, tracer: new CountingTracer()), Is.EqualTo(created));
    }

    /// <summary>Everything that comes of the code, as text.</summary>
    private string Run(byte[] code, bool isCreate, ITracer? tracer)
    {
        VmHost host = new();
        host.World.SetAccount(VmHost.Contract, 1, 1_000, code);
        host.World.SetAccount(VmHost.Other, 1, 1_000, new CodeBuilder().Op(Opcode.Gas).ReturnTop().Build());
        host.State.BeginTransaction();
        CallMessage message = new(
            VmHost.Caller, isCreate ? null : VmHost.Contract, 1, isCreate ? code : new byte[] { 1, 2, 3 }, Gas);
        ExecutionResult result = _machine.Execute(
            host.Block, new TransactionEnvironment(VmHost.Caller, 1), message, host.State, tracer);
        host.State.EndTransaction();
        Assert.That(result.GasUsed, Is.LessThanOrEqualTo(Gas));
        MemoryState world = host.World;
        StateChanges changes = host.State.Drain();
        world.Apply(changes);
        if (tracer is CountingTracer counting)
        {
            Assert.That(counting.Open, Is.Zero);
        }

        return $"{result.Status} {result.GasUsed} {result.GasRefund} {Hex.Encode(result.ReturnData.Span)} "
            + $"{result.CreatedAddress} {result.Logs.Count} {world.Root()}";
    }
}
