using EnergyChain.Core.Numerics;
using EnergyChain.Core.Primitives;
using EnergyChain.Vm.Opcodes;
using EnergyChain.Vm.State;

namespace EnergyChain.Vm.Tests;

public sealed class CallTests
{
    [TestCase(Opcode.Call, "0x07e4", "0xc0de")]
    [TestCase(Opcode.Callcode, "0xc0de", "0xc0de")]
    [TestCase(Opcode.Delegatecall, "0xc0de", "0xca11e4")]
    [TestCase(Opcode.Staticcall, "0x07e4", "0xc0de")]
    public void Called_code_sees_the_address_and_caller_of_its_kind(Opcode kind, string self, string caller)
    {
        byte[] callee = new CodeBuilder().Op(Opcode.Address).Push(0).Op(Opcode.Mstore, Opcode.Caller).Push(32)
            .Op(Opcode.Mstore).Push(64, 0).Op(Opcode.Return).Build();
        VmHost host = new VmHost().With(VmHost.Other, callee);
        byte[] code = new CodeBuilder().Call(kind, VmHost.Other, 50_000).Op(Opcode.Returndatasize).Push(0, 0)
            .Op(Opcode.Returndatacopy, Opcode.Returndatasize).Push(0).Op(Opcode.Return).Build();
        ReadOnlySpan<byte> seen = host.RunCode(code).ReturnData.Span;
        Assert.That(UInt256.TryParse(self, out UInt256 expectedSelf), Is.True);
        Assert.That(UInt256.TryParse(caller, out UInt256 expectedCaller), Is.True);
        Assert.That(UInt256.FromBigEndian(seen[..32]), Is.EqualTo(expectedSelf));
        Assert.That(UInt256.FromBigEndian(seen[32..]), Is.EqualTo(expectedCaller));
    }

    [TestCase(Opcode.Sstore, 2)]
    [TestCase(Opcode.Tstore, 2)]
    [TestCase(Opcode.Log0, 2)]
    [TestCase(Opcode.Log4, 6)]
    [TestCase(Opcode.Create, 3)]
    [TestCase(Opcode.Create2, 4)]
    [TestCase(Opcode.Selfdestruct, 1)]
    public void Change_of_state_inside_a_static_call_fails(Opcode opcode, int operands)
    {
        byte[] callee = new CodeBuilder().Push(new UInt256[operands]).Op(opcode).Build();
        VmHost host = new VmHost().With(VmHost.Other, callee);
        UInt256 success = host.Evaluate(new CodeBuilder().Call(Opcode.Staticcall, VmHost.Other, 500_000));
        Assert.That(success, Is.EqualTo(UInt256.Zero));
        VmHost open = new VmHost().With(VmHost.Other, callee);
        Assert.That(open.Evaluate(new CodeBuilder().Call(Opcode.Call, VmHost.Other, 500_000)), Is.EqualTo(UInt256.One));
    }

    [Test]
    public void Value_inside_a_static_call_fails()
    {
        VmHost host = new VmHost().With(
            VmHost.Other, new CodeBuilder().Call(Opcode.Call, VmHost.Caller, 0, value: 1).Build(), balance: 5);
        UInt256 success = host.Evaluate(new CodeBuilder().Call(Opcode.Staticcall, VmHost.Other, 500_000));
        Assert.That(success, Is.EqualTo(UInt256.Zero));
    }

    [Test]
    public void Reverted_call_leaves_nothing_but_its_data()
    {
        byte[] callee = new CodeBuilder().Push(1, 1).Op(Opcode.Sstore).Push(0, 0).Op(Opcode.Log0)
            .Push(0xBEEF, 0).Op(Opcode.Mstore).Push(32, 0).Op(Opcode.Revert).Build();
        VmHost host = new VmHost().With(VmHost.Other, callee);
        byte[] code = new CodeBuilder().Call(Opcode.Call, VmHost.Other, 50_000, value: 3).Op(Opcode.Pop)
            .Push(32, 0, 0).Op(Opcode.Returndatacopy).Push(32, 0).Op(Opcode.Return).Build();
        ExecutionResult result = host.RunCode(code);
        Assert.That(UInt256.FromBigEndian(result.ReturnData.Span), Is.EqualTo(new UInt256(0xBEEF)));
        Assert.That(result.Logs, Is.Empty);
        Assert.That(host.State.GetStorage(VmHost.Other, 1), Is.EqualTo(UInt256.Zero));
        Assert.That(host.State.GetBalance(VmHost.Other), Is.EqualTo(UInt256.Zero));
    }

    [Test]
    public void Return_data_beyond_its_end_fails()
    {
        byte[] code = new CodeBuilder().Push(1, 0, 0).Op(Opcode.Returndatacopy).Build();
        Assert.That(new VmHost().RunCode(code).Status, Is.EqualTo(ExecutionStatus.ReturnDataOutOfBounds));
        byte[] huge = new CodeBuilder().Push(1, UInt256.MaxValue, 0).Op(Opcode.Returndatacopy).Build();
        Assert.That(new VmHost().RunCode(huge).Status, Is.EqualTo(ExecutionStatus.ReturnDataOutOfBounds));
    }

    [Test]
    public void Recursion_stops_at_depth_1024_and_not_on_the_host_stack()
    {
        // Counts its calls in storage and calls itself with all its gas.
        byte[] code = new CodeBuilder().Push(1).Push(0).Op(Opcode.Sload, Opcode.Add).Push(0).Op(Opcode.Sstore)
            .Push(0, 0, 0, 0, 0).Op(Opcode.Address, Opcode.Gas, Opcode.Call).ReturnTop().Build();
        VmHost host = new();
        ExecutionResult result = host.RunCode(code, gas: long.MaxValue / 2);
        Assert.That(result.Status, Is.EqualTo(ExecutionStatus.Success));
        Assert.That(host.State.GetStorage(VmHost.Contract, 0), Is.EqualTo(new UInt256(1025)));
    }

    [Test]
    public void Creation_deploys_what_init_code_returns()
    {
        VmHost host = new();
        byte[] runtime = new CodeBuilder().Push(42).ReturnTop().Build();
        byte[] init = [.. new CodeBuilder().Op([.. runtime.Select(static b => (Opcode)b)]).Deployer()];
        ExecutionResult created = host.Run(null, init, value: 5);
        Assert.That(created.Status, Is.EqualTo(ExecutionStatus.Success));
        Assert.That(created.CreatedAddress, Is.EqualTo(ContractAddress.OfNonce(VmHost.Caller, 0)));
        Address address = created.CreatedAddress!.Value;
        Assert.That(host.State.GetCode(address).ToArray(), Is.EqualTo(runtime));
        Assert.That(host.State.GetAccount(address).Nonce, Is.EqualTo(1));
        Assert.That(host.State.GetBalance(address), Is.EqualTo(new UInt256(5)));
        host.State.EndTransaction();
        Assert.That(UInt256.FromBigEndian(host.Run(address, []).ReturnData.Span), Is.EqualTo(new UInt256(42)));
    }

    [TestCase(24_576, 0, ExecutionStatus.Success)]
    [TestCase(24_577, 0, ExecutionStatus.CodeTooLarge)]
    [TestCase(1, 0xEF, ExecutionStatus.InvalidCodePrefix)]
    public void Deployed_code_is_bounded(int size, int first, ExecutionStatus expected)
    {
        byte[] init = new CodeBuilder()
            .Push((ulong)first, 0).Op(Opcode.Mstore8).Push((ulong)size, 0).Op(Opcode.Return).Build();
        Assert.That(new VmHost().Run(null, init, gas: 30_000_000).Status, Is.EqualTo(expected));
    }

    [TestCase(49_152, ExecutionStatus.Success)]
    [TestCase(49_153, ExecutionStatus.InitCodeTooLarge)]
    public void Init_code_is_bounded(int size, ExecutionStatus expected)
    {
        Assert.That(new VmHost().Run(null, new byte[size], gas: 30_000_000).Status, Is.EqualTo(expected));
        byte[] nested = new CodeBuilder().Push((ulong)size, 0, 0).Op(Opcode.Create).Build();
        Assert.That(new VmHost().RunCode(nested, gas: 30_000_000).Status, Is.EqualTo(expected));
    }

    [Test]
    public void Creation_over_a_used_address_collides_and_uses_up_its_gas()
    {
        VmHost host = new();
        host.With(ContractAddress.OfNonce(VmHost.Caller, 0), [0]);
        ExecutionResult result = host.Run(null, [0], gas: 100_000);
        Assert.That(result.Status, Is.EqualTo(ExecutionStatus.CreateCollision));
        Assert.That(result.GasUsed, Is.EqualTo(100_000));
    }

    [Test]
    public void Selfdestruct_deletes_only_in_the_transaction_of_its_creation()
    {
        byte[] suicide = new CodeBuilder().Push(VmHost.Other).Op(Opcode.Selfdestruct).Build();
        VmHost host = new();
        host.RunCode(suicide);
        host.State.EndTransaction();
        Assert.That(host.State.GetBalance(VmHost.Other), Is.EqualTo(new UInt256(500)));
        Assert.That(host.State.GetCode(VmHost.Contract).ToArray(), Is.EqualTo(suicide));

        ExecutionResult created = host.Run(null, suicide, value: 9);
        Address address = ContractAddress.OfNonce(VmHost.Caller, 0);
        Assert.That(created.Status, Is.EqualTo(ExecutionStatus.Success));
        Assert.That(host.State.IsDestructed(address), Is.True);
        host.State.EndTransaction();
        Assert.That(host.State.Exists(address), Is.False);
        Assert.That(host.State.GetBalance(VmHost.Other), Is.EqualTo(new UInt256(509)));
    }

    [Test]
    public void Failed_message_changes_nothing()
    {
        VmHost host = new();
        ExecutionResult result = host.RunCode(
            new CodeBuilder().Push(1, 1).Op(Opcode.Sstore).Push(0, 0).Op(Opcode.Log0, Opcode.Invalid).Build(),
            value: 100);
        host.State.EndTransaction();
        Assert.That(result.Status, Is.EqualTo(ExecutionStatus.InvalidOpcode));
        Assert.That(result.GasUsed, Is.EqualTo(1_000_000));
        Assert.That(result.Logs, Is.Empty);
        StateChanges changes = host.State.Drain();
        Assert.That(changes.Accounts, Is.Empty);
        Assert.That(changes.Storage, Is.Empty);
    }

    [Test]
    public void Value_over_the_balance_is_refused_without_gas()
    {
        ExecutionResult result = new VmHost().Run(VmHost.Other, [], value: 1_000_001);
        Assert.That(result.Status, Is.EqualTo(ExecutionStatus.InsufficientBalance));
        Assert.That(result.GasUsed, Is.Zero);
    }

    [Test]
    public void Jump_into_push_data_is_refused()
    {
        byte[] code = [(byte)Opcode.Push1, 4, (byte)Opcode.Jump, (byte)Opcode.Push1, (byte)Opcode.Jumpdest];
        Assert.That(new VmHost().RunCode(code).Status, Is.EqualTo(ExecutionStatus.InvalidJump));
        byte[] sound = [(byte)Opcode.Push1, 3, (byte)Opcode.Jump, (byte)Opcode.Jumpdest];
        Assert.That(new VmHost().RunCode(sound).Status, Is.EqualTo(ExecutionStatus.Success));
    }

    [Test]
    public void Transient_storage_ends_with_the_transaction()
    {
        byte[] code = new CodeBuilder().Push(1).Op(Opcode.Tload).Push(7, 1).Op(Opcode.Tstore).ReturnTop().Build();
        VmHost host = new();
        host.With(VmHost.Contract, code);
        Assert.That(UInt256.FromBigEndian(host.Run(VmHost.Contract, []).ReturnData.Span), Is.EqualTo(UInt256.Zero));
        Assert.That(host.State.GetTransientStorage(VmHost.Contract, 1), Is.EqualTo(new UInt256(7)));
        host.State.EndTransaction();
        Assert.That(UInt256.FromBigEndian(host.Run(VmHost.Contract, []).ReturnData.Span), Is.EqualTo(UInt256.Zero));
    }
}
