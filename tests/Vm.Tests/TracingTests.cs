using EnergyChain.Core.Primitives;
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

    [Test]
    public void Selfdestruct_to_another_is_told_in_its_place_with_what_moves()
    {
        byte[] callee = new CodeBuilder().Push(0, 0).Op(Opcode.Log0)
            .Push(VmHost.Caller).Op(Opcode.Selfdestruct).Build();
        byte[] code = new CodeBuilder()
            .Call(Opcode.Call, VmHost.Other, 50_000).Push(0, 0).Op(Opcode.Log0, Opcode.Stop).Build();
        RecordingTracer tracer = new();
        VmHost host = new VmHost().With(VmHost.Other, callee, balance: 7);
        host.Tracer = tracer;
        host.RunCode(code);

        string end = $"Selfdestruct {VmHost.Other} {VmHost.Caller} 7";
        string[] expected = ["Call@0", "Call@1", "Log0", end, "Success", "Log0", "Success"];
        Assert.That(tracer.Seen, Is.EqualTo(expected));
    }

    [Test]
    public void Selfdestruct_of_borrowed_code_is_that_of_the_account_it_works_on()
    {
        byte[] callee = new CodeBuilder().Push(VmHost.Caller).Op(Opcode.Selfdestruct).Build();
        RecordingTracer tracer = new();
        VmHost host = new VmHost().With(VmHost.Other, callee, balance: 7);
        host.Tracer = tracer;
        host.RunCode(new CodeBuilder().Call(Opcode.Delegatecall, VmHost.Other, 50_000).Op(Opcode.Stop).Build());
        Assert.That(tracer.Seen, Does.Contain($"Selfdestruct {VmHost.Contract} {VmHost.Caller} 500"));
    }

    [Test]
    public void Selfdestruct_to_itself_is_told_with_what_it_keeps_or_burns()
    {
        byte[] code = new CodeBuilder().Op(Opcode.Address, Opcode.Selfdestruct).Build();
        RecordingTracer tracer = new();
        VmHost host = new() { Tracer = tracer };
        host.RunCode(code);
        host.State.EndTransaction();
        Address created = host.Run(null, code, value: 5).CreatedAddress!.Value;

        string[] expected =
        [
            "Call@0", $"Selfdestruct {VmHost.Contract} {VmHost.Contract} 500", "Success",
            "Create@0", $"Selfdestruct {created} {created} 5 deleted", "Success",
        ];
        Assert.That(tracer.Seen, Is.EqualTo(expected));
    }

    [Test]
    public void Selfdestruct_in_the_transaction_of_the_creation_is_told_to_delete()
    {
        RecordingTracer tracer = new();
        VmHost host = new() { Tracer = tracer };
        Address created = host.Run(
            null, new CodeBuilder().Push(VmHost.Other).Op(Opcode.Selfdestruct).Build(), value: 9).CreatedAddress!.Value;
        string[] expected = ["Create@0", $"Selfdestruct {created} {VmHost.Other} 9 deleted", "Success"];
        Assert.That(tracer.Seen, Is.EqualTo(expected));
    }

    [TestCase(Opcode.Call, 20_000UL, "OutOfGas")]
    [TestCase(Opcode.Staticcall, 50_000UL, "StaticViolation")]
    public void Selfdestruct_that_fails_is_not_told(Opcode kind, ulong gas, string status)
    {
        // The account of the heir would be new, which costs 25,000.
        byte[] callee = new CodeBuilder().Push(0xBEEF).Op(Opcode.Selfdestruct).Build();
        RecordingTracer tracer = new();
        VmHost host = new VmHost().With(VmHost.Other, callee, balance: 7);
        host.Tracer = tracer;
        host.RunCode(new CodeBuilder().Call(kind, VmHost.Other, gas).Op(Opcode.Stop).Build());
        string[] expected = ["Call@0", $"{kind.ToString().Replace("call", "Call", StringComparison.Ordinal)}@1",
            status, "Success"];
        Assert.That(tracer.Seen, Is.EqualTo(expected));
    }
}
