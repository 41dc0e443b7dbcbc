using EnergyChain.Core.Numerics;
using EnergyChain.Core.Primitives;
using EnergyChain.Vm.Opcodes;

namespace EnergyChain.Vm.Tests;

/// <summary>Gas of whole programs, each sum written out from the EIPs.</summary>
public sealed class GasTests
{
    private const ulong Limit = 1_000_000;

    // The six cases of EIP-2200's table that a single frame can make, at the prices of EIP-2929 and EIP-3529:
    // original value, then the values stored; gas of the SSTOREs alone; refund.
    [TestCase(0, new[] { 0 }, 2_200UL, 0UL)]
    [TestCase(0, new[] { 1 }, 22_100UL, 0UL)]
    [TestCase(0, new[] { 1, 0 }, 22_200UL, 19_900UL)]
    [TestCase(0, new[] { 1, 2 }, 22_200UL, 0UL)]
    [TestCase(1, new[] { 0 }, 5_000UL, 4_800UL)]
    [TestCase(1, new[] { 2 }, 5_000UL, 0UL)]
    [TestCase(1, new[] { 1 }, 2_200UL, 0UL)]
    [TestCase(1, new[] { 0, 1 }, 5_100UL, 2_800UL)]
    [TestCase(1, new[] { 2, 1 }, 5_100UL, 2_800UL)]
    [TestCase(1, new[] { 2, 0 }, 5_100UL, 4_800UL)]
    [TestCase(1, new[] { 0, 2 }, 5_100UL, 0UL)]
    public void Sstore_costs_and_refunds_by_the_original_value(int original, int[] stored, ulong gas, ulong refund)
    {
        VmHost host = new();
        host.World.SetStorage(VmHost.Contract, 5, (ulong)original);
        CodeBuilder code = new();
        ulong pushes = 0;
        foreach (int value in stored)
        {
            code.Push((ulong)value, 5).Op(Opcode.Sstore);
            pushes += value == 0 ? 5UL : 6UL;
        }

        ExecutionResult result = host.RunCode(code.Build());
        Assert.That(result.GasUsed - pushes, Is.EqualTo(gas));
        Assert.That(result.GasRefund, Is.EqualTo(refund));
    }

    [TestCase(2_306UL, ExecutionStatus.OutOfGas)]
    [TestCase(2_307UL, ExecutionStatus.Success)]
    public void Sstore_needs_more_than_the_stipend_left(ulong gas, ExecutionStatus expected)
    {
        VmHost host = new();
        host.World.SetStorage(VmHost.Contract, 5, 1);
        byte[] code = new CodeBuilder().Push(1, 5).Op(Opcode.Sstore).Build();
        Assert.That(host.RunCode(code, gas).Status, Is.EqualTo(expected));
    }

    // 1 word; 2; 2; 719 words: 3 * 719 + 719 * 719 / 512.
    [TestCase(0UL, 3UL)]
    [TestCase(31UL, 6UL)]
    [TestCase(32UL, 6UL)]
    [TestCase(22_976UL, 3_166UL)]
    public void Memory_costs_three_a_word_and_the_square(ulong offset, ulong expansion)
    {
        byte[] code = new CodeBuilder().Push(1, offset).Op(Opcode.Mstore).Build();
        ulong pushes = offset == 0 ? 5UL : 6UL;
        Assert.That(new VmHost().RunCode(code).GasUsed, Is.EqualTo(pushes + 3 + expansion));
    }

    [TestCase("0xffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff")]
    [TestCase("0xffffffffffffffff")]
    [TestCase("0x7fffffffffffffff")]
    [TestCase("0x80000000")]
    [TestCase("0x7fffffff")]
    [TestCase("0x20000000")]
    public void Memory_offset_beyond_any_gas_is_out_of_gas(string text)
    {
        Assert.That(UInt256.TryParse(text, out UInt256 offset), Is.True);
        Opcode[] accesses =
            [Opcode.Mload, Opcode.Mstore8, Opcode.Return, Opcode.Keccak256, Opcode.Calldatacopy, Opcode.Mcopy];
        foreach (Opcode access in accesses)
        {
            byte[] code = new CodeBuilder().Push(1, 1, 1, offset).Op(access).Build();
            Assert.That(
                new VmHost().RunCode(code, ulong.MaxValue).Status,
                Is.EqualTo(ExecutionStatus.OutOfGas),
                access.ToString());
            byte[] reach = new CodeBuilder().Push(offset, 0, 0).Op(Opcode.Codecopy).Build();
            Assert.That(new VmHost().RunCode(reach, Limit).Status, Is.EqualTo(ExecutionStatus.OutOfGas));
        }
    }

    [Test]
    public void Access_of_no_bytes_at_any_offset_is_free()
    {
        byte[] code = new CodeBuilder().Push(0, UInt256.MaxValue).Op(Opcode.Return).Build();
        ExecutionResult result = new VmHost().RunCode(code);
        Assert.That(result.Status, Is.EqualTo(ExecutionStatus.Success));
        Assert.That(result.GasUsed, Is.EqualTo(5));
    }

    [TestCase(Opcode.Balance, 2_600UL)]
    [TestCase(Opcode.Extcodesize, 2_600UL)]
    [TestCase(Opcode.Extcodehash, 2_600UL)]
    [TestCase(Opcode.Sload, 2_100UL)]
    public void First_access_is_cold_and_the_second_warm(Opcode opcode, ulong cold)
    {
        byte[] code = new CodeBuilder().Push(0xABCD).Op(opcode, Opcode.Pop).Push(0xABCD).Op(opcode).Build();
        Assert.That(new VmHost().RunCode(code).GasUsed, Is.EqualTo(3 + cold + 2 + 3 + 100));
    }

    [Test]
    public void Access_in_a_reverted_call_is_cold_again()
    {
        VmHost host = new VmHost().With(
            VmHost.Other, new CodeBuilder().Push(0xABCD).Op(Opcode.Balance).Push(0, 0).Op(Opcode.Revert).Build());
        byte[] code = new CodeBuilder().Call(Opcode.Call, VmHost.Other, 50_000).Op(Opcode.Gas)
            .Push(0xABCD).Op(Opcode.Balance, Opcode.Pop, Opcode.Gas, Opcode.Swap1, Opcode.Sub).ReturnTop().Build();
        ExecutionResult result = host.RunCode(code);
        Assert.That(UInt256.FromBigEndian(result.ReturnData.Span), Is.EqualTo(new UInt256(2_600 + 3 + 2 + 2)));
    }

    [Test]
    public void Access_list_and_coinbase_are_warm_from_the_start()
    {
        VmHost host = new VmHost().With(VmHost.Contract, new CodeBuilder()
            .Push(0xABCD).Op(Opcode.Balance).Push(7).Op(Opcode.Sload, Opcode.Coinbase, Opcode.Balance).Build());
        host.World.SetStorage(VmHost.Contract, 7, 1);
        host.State.BeginTransaction();
        ExecutionResult result = new EvmMachine().Execute(
            host.Block,
            new TransactionEnvironment(VmHost.Caller, 0),
            new CallMessage(VmHost.Caller, VmHost.Contract, 0, default, Limit,
                [new AccessListEntry(Address.FromNumber(0xABCD), []), new AccessListEntry(VmHost.Contract, [7])]),
            host.State);
        Assert.That(result.GasUsed, Is.EqualTo(3 + 100 + 3 + 100 + 2 + 100));
    }

    [Test]
    public void Call_passes_at_most_all_but_one_64th()
    {
        VmHost host = new VmHost().With(VmHost.Other, new CodeBuilder().Op(Opcode.Gas).ReturnTop().Build());
        CodeBuilder code = new CodeBuilder().Push(32, 0, 0, 0, 0).Push(VmHost.Other).Push(UInt256.MaxValue)
            .Op(Opcode.Call, Opcode.Pop).Push(0).Op(Opcode.Mload);

        // The 32 bytes of return area cost 3; then 5 pushes, address, gas word and the cold call are paid.
        const ulong left = Limit - (3 + 2 + 2 + 2 + 2) - 3 - 3 - 2_600 - 3;
        Assert.That(host.Evaluate(code), Is.EqualTo(new UInt256(left - (left / 64) - 2)));
    }

    [TestCase(0UL, 2_600UL)]
    [TestCase(1UL, 2_600UL + 9_000UL - 2_300UL)]
    public void Call_with_value_costs_and_gives_the_stipend(ulong value, ulong expected)
    {
        VmHost host = new VmHost().With(VmHost.Other, []);
        byte[] code = new CodeBuilder().Call(Opcode.Call, VmHost.Other, 0, value).Build();
        ulong pushes = (4 * 2) + (value == 0 ? 2UL : 3UL) + 3 + 2;
        Assert.That(host.RunCode(code).GasUsed, Is.EqualTo(pushes + expected));
    }

    [Test]
    public void Call_with_value_to_an_empty_account_pays_for_the_new_one()
    {
        byte[] code = new CodeBuilder().Call(Opcode.Call, VmHost.Other, 0, 1).Build();
        const ulong pushes = (4 * 2) + 3 + 3 + 2;
        Assert.That(new VmHost().RunCode(code).GasUsed, Is.EqualTo(pushes + 2_600 + 9_000 + 25_000 - 2_300));
    }

    [TestCase(new byte[0], false, 21_000UL)]
    [TestCase(new byte[] { 0, 1 }, false, 21_020UL)]
    [TestCase(new byte[0], true, 53_000UL)]
    [TestCase(new byte[] { 1 }, true, 53_018UL)]
    public void Intrinsic_gas_counts_bytes_and_creation(byte[] data, bool isCreate, ulong expected) =>
        Assert.That(IntrinsicGas.Of(data, isCreate), Is.EqualTo(expected));

    [Test]
    public void Intrinsic_gas_counts_the_access_list() => Assert.That(
        IntrinsicGas.Of([], false, [new AccessListEntry(VmHost.Other, [1, 2])]), Is.EqualTo(21_000 + 2_400 + 3_800));
}
