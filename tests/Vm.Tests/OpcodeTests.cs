using EnergyChain.Core.Crypto;
using EnergyChain.Core.Numerics;
using EnergyChain.Vm.Opcodes;

namespace EnergyChain.Vm.Tests;

public sealed class OpcodeTests
{
    private const string Max = "0xffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff";
    private const string Min = "0x8000000000000000000000000000000000000000000000000000000000000000";

    // Operands as the Yellow Paper counts them: the first is the top of the stack.
    [TestCase(Opcode.Add, "0", Max, "1")]
    [TestCase(Opcode.Mul, "0", Min, "2")]
    [TestCase(Opcode.Sub, Max, "0", "1")]
    [TestCase(Opcode.Div, "3", "10", "3")]
    [TestCase(Opcode.Div, "0", "10", "0")]
    [TestCase(Opcode.Sdiv, Min, Min, Max)]
    [TestCase(Opcode.Mod, "1", "10", "3")]
    [TestCase(Opcode.Smod, Max, "0xfffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff6", "3")]
    [TestCase(Opcode.Addmod, "6", Max, "5", "7")]
    [TestCase(Opcode.Mulmod, "1", Max, Max, "7")]
    [TestCase(Opcode.Mulmod, "0", Max, Max, "0")]
    [TestCase(Opcode.Exp, "1", "0", "0")]
    [TestCase(Opcode.Exp, "1024", "2", "10")]
    [TestCase(Opcode.Signextend, Max, "0", "255")]
    [TestCase(Opcode.Signextend, "127", "0", "127")]
    [TestCase(Opcode.Lt, "1", "1", Max)]
    [TestCase(Opcode.Gt, "0", "1", Max)]
    [TestCase(Opcode.Slt, "0", "1", Max)]
    [TestCase(Opcode.Sgt, "1", "1", Max)]
    [TestCase(Opcode.Eq, "1", Max, Max)]
    [TestCase(Opcode.Iszero, "1", "0")]
    [TestCase(Opcode.And, "8", "12", "10")]
    [TestCase(Opcode.Or, "14", "12", "10")]
    [TestCase(Opcode.Xor, "6", "12", "10")]
    [TestCase(Opcode.Not, Max, "0")]
    [TestCase(Opcode.Byte, "255", "31", "255")]
    [TestCase(Opcode.Byte, "0", "32", Max)]
    [TestCase(Opcode.Shl, Min, "255", "1")]
    [TestCase(Opcode.Shl, "0", "256", Max)]
    [TestCase(Opcode.Shr, "1", "255", Min)]
    [TestCase(Opcode.Sar, Max, "255", Min)]
    [TestCase(Opcode.Sar, Max, Max, Min)]
    public void Pure_opcode_gives_the_word(Opcode opcode, string expected, params string[] operands)
    {
        CodeBuilder code = new();
        foreach (string operand in operands.Reverse())
        {
            code.Push(Word(operand));
        }

        Assert.That(new VmHost().Evaluate(code.Op(opcode)), Is.EqualTo(Word(expected)));
    }

    [TestCase(Opcode.Caller, "0xca11e4")]
    [TestCase(Opcode.Origin, "0xca11e4")]
    [TestCase(Opcode.Address, "0xc0de")]
    [TestCase(Opcode.Callvalue, "0")]
    [TestCase(Opcode.Calldatasize, "3")]
    [TestCase(Opcode.Gasprice, "9")]
    [TestCase(Opcode.Coinbase, "0xc0b")]
    [TestCase(Opcode.Timestamp, "1700000000")]
    [TestCase(Opcode.Number, "1000")]
    [TestCase(Opcode.Prevrandao, "0xabababababababababababababababababababababababababababababababab")]
    [TestCase(Opcode.Gaslimit, "30000000")]
    [TestCase(Opcode.Chainid, "77")]
    [TestCase(Opcode.Selfbalance, "500")]
    [TestCase(Opcode.Basefee, "7")]
    [TestCase(Opcode.Blobbasefee, "1")]
    [TestCase(Opcode.Returndatasize, "0")]
    [TestCase(Opcode.Msize, "0")]
    [TestCase(Opcode.Pc, "0")]
    [TestCase(Opcode.Gas, "999998")]
    public void Environment_opcode_gives_the_word(Opcode opcode, string expected) =>
        Assert.That(new VmHost().Evaluate(new CodeBuilder().Op(opcode), [1, 2, 3]), Is.EqualTo(Word(expected)));

    [TestCase("999", "999")]
    [TestCase("744", "744")]
    [TestCase("743", "0")]
    [TestCase("1000", "0")]
    [TestCase(Max, "0")]
    public void Blockhash_answers_for_256_blocks_back(string number, string expected) =>
        Assert.That(
            new VmHost().Evaluate(new CodeBuilder().Push(Word(number)).Op(Opcode.Blockhash)),
            Is.EqualTo(Word(expected)));

    [TestCase("0", "0x0102030000000000000000000000000000000000000000000000000000000000")]
    [TestCase("2", "0x0300000000000000000000000000000000000000000000000000000000000000")]
    [TestCase("3", "0")]
    [TestCase(Max, "0")]
    public void Calldataload_pads_with_zeros(string offset, string expected) =>
        Assert.That(
            new VmHost().Evaluate(new CodeBuilder().Push(Word(offset)).Op(Opcode.Calldataload), [1, 2, 3]),
            Is.EqualTo(Word(expected)));

    [Test]
    public void Every_push_reads_its_bytes_and_zeros_past_the_end([Range(1, 32)] int size)
    {
        byte[] immediate = [.. Enumerable.Range(1, size).Select(static i => (byte)i)];
        byte[] code = [(byte)((int)Opcode.Push0 + size), .. immediate, .. new CodeBuilder().ReturnTop().Build()];
        ExecutionResult result = new VmHost().RunCode(code);
        Assert.That(UInt256.FromBigEndian(result.ReturnData.Span), Is.EqualTo(UInt256.FromBigEndian(immediate)));
        Assert.That(new VmHost().RunCode(code[..2]).Status, Is.EqualTo(ExecutionStatus.Success));
    }

    [Test]
    public void Dup_and_swap_reach_their_depth([Range(1, 16)] int depth)
    {
        UInt256[] words = [.. Enumerable.Range(100, 17).Select(static i => new UInt256((ulong)i))];
        CodeBuilder dup = new CodeBuilder().Push(words).Op((Opcode)((int)Opcode.Dup1 + depth - 1));
        Assert.That(new VmHost().Evaluate(dup), Is.EqualTo(words[17 - depth]));
        CodeBuilder swap = new CodeBuilder().Push(words).Op((Opcode)((int)Opcode.Swap1 + depth - 1));
        Assert.That(new VmHost().Evaluate(swap), Is.EqualTo(words[16 - depth]));
    }

    [Test]
    public void Keccak_of_memory_equals_the_hash()
    {
        CodeBuilder code = new CodeBuilder().Push(0x1234, 0).Op(Opcode.Mstore).Push(32, 0).Op(Opcode.Keccak256);
        byte[] word = new byte[32];
        word[30] = 0x12;
        word[31] = 0x34;
        Assert.That(new VmHost().Evaluate(code), Is.EqualTo(UInt256.FromBigEndian(Keccak256.Hash(word).ToArray())));
    }

    [Test]
    public void Keccak_of_two_words_is_that_of_every_one_of_their_bytes()
    {
        // The machine remembers such hashes.
        byte[] code = new CodeBuilder().Push(64, 0, 0).Op(Opcode.Calldatacopy).Push(64, 0).Op(Opcode.Keccak256)
            .ReturnTop().Build();
        VmHost host = new VmHost().With(VmHost.Contract, code);
        for (int i = 0; i < 64; i++)
        {
            byte[] data = new byte[64];
            Check(host, data);
            data[i] = 1;
            Check(host, data);
        }

        static void Check(VmHost host, byte[] data)
        {
            ExecutionResult result = host.Run(VmHost.Contract, data);
            Assert.That(result.ReturnData.ToArray(), Is.EqualTo(Keccak256.Hash(data).ToArray()));
        }
    }

    [Test]
    public void Mcopy_of_overlapping_ranges_copies_as_if_through_a_buffer()
    {
        CodeBuilder code = new CodeBuilder()
            .Push(Word("0x000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f"), 0).Op(Opcode.Mstore)
            .Push(31, 0, 1).Op(Opcode.Mcopy).Push(0).Op(Opcode.Mload);
        UInt256 expected = Word("0x00000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e");
        Assert.That(new VmHost().Evaluate(code), Is.EqualTo(expected));
    }

    [Test]
    public void Every_defined_opcode_has_a_row_and_only_those()
    {
        HashSet<byte> defined = [.. Enum.GetValues<Opcode>().Select(static opcode => (byte)opcode)];
        for (int code = 0; code < 256; code++)
        {
            bool hasRow = OpcodeTable.Find((byte)code) is not null;
            Assert.That(hasRow, Is.EqualTo(defined.Contains((byte)code)), $"{code:x2}");
        }
    }

    [Test]
    public void Opcode_without_its_operands_underflows_and_on_a_full_stack_overflows()
    {
        foreach (Opcode opcode in Enum.GetValues<Opcode>())
        {
            OpcodeInfo info = OpcodeTable.Find((byte)opcode)!.Value;
            if (info.Pops > 0)
            {
                UInt256[] operands = [.. Enumerable.Repeat(UInt256.One, info.Pops - 1)];
                CodeBuilder few = new CodeBuilder().Push(operands).Op(opcode);
                Assert.That(
                    new VmHost().RunCode(few.Build()).Status, Is.EqualTo(ExecutionStatus.StackUnderflow), info.Name);
            }

            if (info.Pushes > info.Pops)
            {
                CodeBuilder full = new CodeBuilder().Push(Enumerable.Repeat(UInt256.One, 1024).ToArray()).Op(opcode);
                Assert.That(
                    new VmHost().RunCode(full.Build()).Status, Is.EqualTo(ExecutionStatus.StackOverflow), info.Name);
            }
        }
    }

    private static UInt256 Word(string text) =>
        UInt256.TryParse(text, out UInt256 value) ? value : throw new FormatException(text);
}
