using EnergyChain.Core.Numerics;
using EnergyChain.Core.Primitives;
using EnergyChain.Vm.Opcodes;

namespace EnergyChain.Vm.Tests;

/// <summary>What a frame may do, leaves behind and takes back, rule by rule.</summary>
public sealed class FrameRuleTests
{
    [Test]
    public void Frames_below_a_static_call_are_static_too()
    {
        Assert.That(SuccessOfStoreBelow(Opcode.Staticcall), Is.EqualTo(UInt256.Zero));
        Assert.That(SuccessOfStoreBelow(Opcode.Delegatecall), Is.EqualTo(UInt256.One));
    }

    [Test]
    public void Reverted_call_takes_its_refund_and_transient_storage_back()
    {
        VmHost host = new VmHost().With(VmHost.Other, new CodeBuilder().Push(0, 5).Op(Opcode.Sstore)
            .Push(9, 1).Op(Opcode.Tstore).Push(0, 0).Op(Opcode.Revert).Build());
        host.World.SetStorage(VmHost.Other, 5, 1);
        ExecutionResult result = host.RunCode(new CodeBuilder().Call(Opcode.Call, VmHost.Other, 50_000).Build());
        Assert.That(result.Status, Is.EqualTo(ExecutionStatus.Success));
        Assert.That(result.GasRefund, Is.Zero);
        Assert.That(host.State.GetTransientStorage(VmHost.Other, 1), Is.EqualTo(UInt256.Zero));
        Assert.That(host.State.GetStorage(VmHost.Other, 5), Is.EqualTo(UInt256.One));
    }

    [Test]
    public void Account_that_was_only_touched_has_no_code_hash()
    {
        Address nobody = Address.FromNumber(0xABCDEF);
        CodeBuilder code = new CodeBuilder().Call(Opcode.Call, nobody, 0).Push(nobody).Op(Opcode.Extcodehash);
        Assert.That(new VmHost().Evaluate(code), Is.EqualTo(UInt256.Zero));
    }

    [Test]
    public void Creation_over_storage_alone_collides()
    {
        VmHost host = new();
        Address address = ContractAddress.OfNonce(VmHost.Caller, 0);
        host.World.SetAccount(address, 0, 1, default);
        host.World.SetStorage(address, 1, 1);
        Assert.That(host.Run(null, [0]).Status, Is.EqualTo(ExecutionStatus.CreateCollision));
    }

    [TestCase(ulong.MaxValue - 1, true)]
    [TestCase(ulong.MaxValue, false)]
    public void Creation_needs_a_nonce_below_the_greatest(ulong nonce, bool succeeds)
    {
        VmHost host = new();
        host.World.SetAccount(
            VmHost.Contract, nonce, 0, new CodeBuilder().Push(0, 0, 0).Op(Opcode.Create).ReturnTop().Build());
        ExecutionResult result = host.Run(VmHost.Contract, []);
        Assert.That(UInt256.FromBigEndian(result.ReturnData.Span).IsZero, Is.EqualTo(!succeeds));
        Assert.That(host.State.GetNonce(VmHost.Contract), Is.EqualTo(ulong.MaxValue));
    }

    [Test]
    public void Creation_leaves_no_return_data_unless_it_reverts([Values] bool reverts)
    {
        // Init code that ends with the word 0 of its memory.
        byte[] init = new CodeBuilder().Push(32, 0).Op(reverts ? Opcode.Revert : Opcode.Return).Build();
        UInt256 word = UInt256.FromBigEndian([.. init, .. new byte[32 - init.Length]]);
        CodeBuilder code = new CodeBuilder().Push(word, 0).Op(Opcode.Mstore).Push((ulong)init.Length, 0, 0)
            .Op(Opcode.Create, Opcode.Pop, Opcode.Returndatasize);
        Assert.That(new VmHost().Evaluate(code), Is.EqualTo(new UInt256(reverts ? 32UL : 0UL)));
    }

    [Test]
    public void Selfdestruct_to_itself_burns_only_in_the_transaction_of_its_creation()
    {
        byte[] code = new CodeBuilder().Op(Opcode.Address, Opcode.Selfdestruct).Build();
        VmHost host = new();
        Address created = host.Run(null, code, value: 5).CreatedAddress!.Value;
        Assert.That(host.State.GetBalance(created), Is.EqualTo(UInt256.Zero));
        host.State.EndTransaction();
        host.With(VmHost.Other, code, balance: 7);
        host.Run(VmHost.Other, []);
        Assert.That(host.State.GetBalance(VmHost.Other), Is.EqualTo(new UInt256(7)));
    }

    [Test]
    public void Jump_into_the_last_byte_of_a_push_is_refused([Range(1, 32)] int size)
    {
        byte[] code = new byte[4 + size];
        code[0] = (byte)Opcode.Push1;
        code[1] = (byte)(code.Length - 1);
        code[2] = (byte)Opcode.Jump;
        code[3] = (byte)((int)Opcode.Push0 + size);
        code[^1] = (byte)Opcode.Jumpdest;
        Assert.That(new VmHost().RunCode(code).Status, Is.EqualTo(ExecutionStatus.InvalidJump));
        code[1]++;
        Assert.That(
            new VmHost().RunCode([.. code, (byte)Opcode.Jumpdest]).Status, Is.EqualTo(ExecutionStatus.Success));
    }

    /// <summary>Of a call that stores, made by a contract that is called in this way.</summary>
    private static UInt256 SuccessOfStoreBelow(Opcode kind)
    {
        Address storing = Address.FromNumber(0x5705E);
        VmHost host = new VmHost()
            .With(VmHost.Other, new CodeBuilder().Call(Opcode.Call, storing, 100_000).ReturnTop().Build())
            .With(storing, new CodeBuilder().Push(1, 1).Op(Opcode.Sstore).Build());
        return host.Evaluate(new CodeBuilder().Push(32, 0, 0, 0).Push(VmHost.Other).Push(500_000)
            .Op(kind, Opcode.Pop).Push(0).Op(Opcode.Mload));
    }
}
