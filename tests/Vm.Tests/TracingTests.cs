using EnergyChain.Vm.Opcodes;

namespace EnergyChain.Vm.Tests;

public sealed class TracingTests
{
    [Test]
    public void Logs_are_told_in_their_place_among_calls_those_that_are_undone_too()
    {
        byte[] callee = new CodeBuilder().Push(7, 0, 0).Op(Opcode.Log1).Push(0, 0).Op(Opcode.Revert).Build();
        byte[] code = new CodeBuilder().Push(0, 0).Op(Opcode.Log0)
            .Call(Opcode.Call, VmHost.Other, 50_000).Push(0, 0).Op(Opcode.Log0, Opcode.Stop).Build();
        RecordingTracer tracer = new();
        VmHost host = new VmHost().With(VmHost.Other, callee);
        host.Tracer = tracer;

        ExecutionResult result = host.RunCode(code);

        string[] expected = ["Call@0", "Log0", "Call@1", "Log1", "Revert", "Log0", "Success"];
        Assert.That(tracer.Seen, Is.EqualTo(expected));
        Assert.That(result.Logs, Has.Count.EqualTo(2));
    }

    [Test]
    public void Log_that_fails_is_not_told()
    {
        RecordingTracer tracer = new();
        VmHost host = new() { Tracer = tracer };
        host.RunCode(new CodeBuilder().Push(0, 0).Op(Opcode.Log0).Build(), gas: 100);
        string[] expected = ["Call@0", "OutOfGas"];
        Assert.That(tracer.Seen, Is.EqualTo(expected));
    }
}
