using EnergyChain.Core.Numerics;
using EnergyChain.Core.Primitives;
using EnergyChain.Vm.Opcodes;

namespace EnergyChain.Vm.Tests;

/// <summary>
/// The price of each opcode, written out from the Yellow Paper and the EIPs: the tables of the machine say nothing
/// about themselves, and both engines read the same ones.
/// </summary>
public sealed class PriceTests
{
    [TestCase(2UL, 0, Opcode.Address, Opcode.Origin, Opcode.Caller, Opcode.Callvalue, Opcode.Calldatasize)]
    [TestCase(2UL, 0, Opcode.Codesize, Opcode.Gasprice, Opcode.Coinbase, Opcode.Timestamp, Opcode.Number)]
    [TestCase(2UL, 0, Opcode.Prevrandao, Opcode.Gaslimit, Opcode.Chainid, Opcode.Basefee, Opcode.Blobbasefee)]
    [TestCase(2UL, 0, Opcode.Pc, Opcode.Msize, Opcode.Gas, Opcode.Returndatasize, Opcode.Push0)]
    [TestCase(2UL, 1, Opcode.Pop)]
    [TestCase(3UL, 2, Opcode.Add, Opcode.Sub, Opcode.Lt, Opcode.Gt, Opcode.Slt, Opcode.Sgt, Opcode.Eq, Opcode.And)]
    [TestCase(3UL, 2, Opcode.Or, Opcode.Xor, Opcode.Byte, Opcode.Shl, Opcode.Shr, Opcode.Sar, Opcode.Swap1)]
    [TestCase(3UL, 17, Opcode.Dup16, Opcode.Swap16)]
    [TestCase(3UL, 1, Opcode.Not, Opcode.Iszero, Opcode.Calldataload, Opcode.Blobhash, Opcode.Dup1)]
    [TestCase(3UL, 0, Opcode.Push1, Opcode.Push20, Opcode.Push32)]
    [TestCase(5UL, 2, Opcode.Mul, Opcode.Div, Opcode.Sdiv, Opcode.Mod, Opcode.Smod, Opcode.Signextend)]
    [TestCase(5UL, 0, Opcode.Selfbalance)]
    [TestCase(8UL, 3, Opcode.Addmod, Opcode.Mulmod)]
    [TestCase(10UL, 2, Opcode.Jumpi)]
    [TestCase(1UL, 0, Opcode.Jumpdest)]
    [TestCase(0UL, 0, Opcode.Stop)]
    [TestCase(20UL, 1, Opcode.Blockhash)]
    [TestCase(100UL, 1, Opcode.Tload)]
    [TestCase(100UL, 2, Opcode.Tstore)]
    [TestCase(6UL, 2, Opcode.Mstore, Opcode.Mstore8)]
    [TestCase(6UL, 1, Opcode.Mload)]
    public void Opcode_costs_its_price(ulong price, int operands, params Opcode[] opcodes)
    {
        foreach (Opcode opcode in opcodes)
        {
            Assert.That(PriceOf(opcode, new UInt256[operands]), Is.EqualTo(price), opcode.ToString());
        }
    }

    [Test]
    public void Jump_costs_eight()
    {
        byte[] code = [(byte)Opcode.Push1, 3, (byte)Opcode.Jump, (byte)Opcode.Jumpdest];
        Assert.That(new VmHost().RunCode(code).GasUsed, Is.EqualTo(3 + 8 + 1));
    }

    [TestCase("0x0", 10UL)]
    [TestCase("0x1", 60UL)]
    [TestCase("0xff", 60UL)]
    [TestCase("0x100", 110UL)]
    [TestCase("0x8000000000000000000000000000000000000000000000000000000000000000", 1_610UL)]
    public void Exp_costs_by_the_bytes_of_its_exponent(string exponent, ulong price)
    {
        Assert.That(UInt256.TryParse(exponent, out UInt256 value), Is.True);
        Assert.That(PriceOf(Opcode.Exp, value, 2), Is.EqualTo(price));
    }

    // Operands from the lowest to the top. 33 bytes are two words: 6 for memory, and the opcode's price a word.
    [TestCase(Opcode.Keccak256, 30UL, 0, 0)]
    [TestCase(Opcode.Keccak256, 36UL + 3, 1, 0)]
    [TestCase(Opcode.Keccak256, 42UL + 6, 33, 0)]
    [TestCase(Opcode.Calldatacopy, 3UL + 6 + 6, 33, 0, 0)]
    [TestCase(Opcode.Codecopy, 3UL + 6 + 6, 33, 0, 0)]
    [TestCase(Opcode.Extcodecopy, 2_600UL + 6 + 6, 33, 0, 0, 0xABCDEF)]
    [TestCase(Opcode.Mcopy, 3UL + 6 + 6, 33, 0, 0)]
    [TestCase(Opcode.Mcopy, 3UL + 3 + 9, 1, 64, 0)]
    [TestCase(Opcode.Mcopy, 3UL + 3 + 9, 1, 0, 64)]
    [TestCase(Opcode.Mcopy, 3UL, 0, 64, 64)]
    [TestCase(Opcode.Log0, 375UL + (8 * 5) + 3, 5, 0)]
    [TestCase(Opcode.Log1, 750UL + (8 * 5) + 3, 0, 5, 0)]
    [TestCase(Opcode.Log4, 1_875UL, 0, 0, 0, 0, 0, 0)]
    [TestCase(Opcode.Return, 6UL, 33, 0)]
    [TestCase(Opcode.Revert, 6UL, 33, 0)]
    [TestCase(Opcode.Create, 32_000UL + (2 * 2) + 6, 33, 0, 0)]
    [TestCase(Opcode.Create2, 32_000UL + (2 * 2) + (6 * 2) + 6, 0, 33, 0, 0)]
    public void Opcode_costs_by_its_words_and_bytes(Opcode opcode, ulong price, params int[] operands) =>
        Assert.That(PriceOf(opcode, [.. operands.Select(static o => new UInt256((ulong)o))]), Is.EqualTo(price));

    [Test]
    public void Deployed_code_costs_two_hundred_a_byte()
    {
        byte[] init = new CodeBuilder().Push(33, 0).Op(Opcode.Return).Build();
        Assert.That(new VmHost().Run(null, init).GasUsed, Is.EqualTo(3 + 2 + 6 + (200 * 33)));
    }

    // The heir is the warm caller, an account with code, or nobody; only coin for nobody pays for an account.
    [TestCase(0xCA11E4UL, 500UL, 5_000UL)]
    [TestCase(0x07E4UL, 500UL, 7_600UL)]
    [TestCase(0xABCDEFUL, 500UL, 32_600UL)]
    [TestCase(0xABCDEFUL, 0UL, 7_600UL)]
    public void Selfdestruct_costs_by_its_heir(ulong heir, ulong balance, ulong price)
    {
        byte[] code = new CodeBuilder().Push(heir).Op(Opcode.Selfdestruct).Build();
        VmHost host = new VmHost().With(VmHost.Other, [0]).With(VmHost.Contract, code, balance);
        Assert.That(host.Run(VmHost.Contract, []).GasUsed, Is.EqualTo(3 + price));
    }

    [TestCase(Opcode.Call, 25_000UL)]
    [TestCase(Opcode.Callcode, 0UL)]
    public void Only_a_call_that_moves_coin_to_nobody_pays_for_an_account(Opcode kind, ulong newAccount)
    {
        // The call without value before it makes the account exist for a while, and warm; it stays empty.
        byte[] code = new CodeBuilder().Call(Opcode.Call, Address.FromNumber(0xABCDEF), 0)
            .Call(kind, Address.FromNumber(0xABCDEF), 0, value: 1).Build();
        const ulong pushes = (5 * 2) + 3 + 2 + (4 * 2) + 3 + 3 + 2;
        Assert.That(
            new VmHost().RunCode(code).GasUsed, Is.EqualTo(pushes + 2_600 + 100 + 9_000 - 2_300 + newAccount));
    }

    [Test]
    public void Precompiles_are_warm_from_the_start([Range(1, 10)] int number) =>
        Assert.That(PriceOf(Opcode.Balance, (ulong)number), Is.EqualTo(100));

    [Test]
    public void Creation_passes_all_but_one_64th()
    {
        // The new contract's code is the gas that its init code began with, less the two of GAS.
        byte[] init = new CodeBuilder().Op(Opcode.Gas).ReturnTop().Build();
        UInt256 word = UInt256.FromBigEndian([.. init, .. new byte[32 - init.Length]]);
        VmHost host = new();
        ExecutionResult result = host.RunCode(new CodeBuilder().Push(word, 0).Op(Opcode.Mstore)
            .Push((ulong)init.Length, 0, 0).Op(Opcode.Create).ReturnTop().Build());
        Address created = new(result.ReturnData.Span[12..]);
        const ulong left = 1_000_000 - (3 + 2 + 3 + 3) - (3 + 2 + 2) - (32_000 + 2);
        Assert.That(
            UInt256.FromBigEndian(host.State.GetCode(created).Span), Is.EqualTo(new UInt256(left - (left / 64) - 2)));
    }

    /// <summary>Gas that the opcode takes with these operands, the last of which is on top.</summary>
    private static ulong PriceOf(Opcode opcode, params UInt256[] operands)
    {
        ulong pushes = 0;
        foreach (UInt256 operand in operands)
        {
            pushes += operand.IsZero ? 2UL : 3UL;
        }

        ExecutionResult result = new VmHost().RunCode(new CodeBuilder().Push(operands).Op(opcode).Build());
        ExecutionStatus end = opcode == Opcode.Revert ? ExecutionStatus.Revert : ExecutionStatus.Success;
        Assert.That(result.Status, Is.EqualTo(end));
        return result.GasUsed - pushes;
    }
}
