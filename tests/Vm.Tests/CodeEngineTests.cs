using CsCheck;
using EnergyChain.Core.Numerics;
using EnergyChain.Core.Primitives;
using EnergyChain.StateTests;
using EnergyChain.Vm.Opcodes;

namespace EnergyChain.Vm.Tests;

/// <summary>Compiled blocks give what the interpreter gives, wherever the gas ends.</summary>
public sealed class CodeEngineTests
{
    private static readonly Opcode[] Simple =
    [
        Opcode.Add, Opcode.Mul, Opcode.Sub, Opcode.Div, Opcode.Sdiv, Opcode.Mod, Opcode.Smod, Opcode.Addmod,
        Opcode.Mulmod, Opcode.Exp, Opcode.Signextend, Opcode.Lt, Opcode.Gt, Opcode.Slt, Opcode.Sgt, Opcode.Eq,
        Opcode.Iszero, Opcode.And, Opcode.Or, Opcode.Xor, Opcode.Not, Opcode.Byte, Opcode.Shl, Opcode.Shr, Opcode.Sar,
        Opcode.Keccak256, Opcode.Address, Opcode.Balance, Opcode.Caller, Opcode.Callvalue, Opcode.Calldataload,
        Opcode.Calldatasize, Opcode.Calldatacopy, Opcode.Codesize, Opcode.Codecopy, Opcode.Blockhash, Opcode.Pop,
        Opcode.Mload, Opcode.Mstore, Opcode.Mstore8, Opcode.Mcopy, Opcode.Sload, Opcode.Sstore, Opcode.Tload,
        Opcode.Tstore, Opcode.Pc, Opcode.Msize, Opcode.Gas, Opcode.Log1, Opcode.Selfbalance, Opcode.Returndatasize,
    ];

    // Mostly stack moves, as in compilers' code: those are what a block does away with.
    private static readonly Gen<byte[]> Operation = Gen.Frequency(
        (4, Gen.Int[0, Simple.Length - 1].Select(static i => new[] { (byte)Simple[i] })),
        (3, Gen.Byte.Select(static value => new[] { (byte)Opcode.Push1, (byte)(value % 70) })),
        (3, Gen.Int[0, 9].Select(static n => new[] { (byte)((int)Opcode.Dup1 + n) })),
        (3, Gen.Int[0, 9].Select(static n => new[] { (byte)((int)Opcode.Swap1 + n) })),
        (1, Gen.Const(new[] { (byte)Opcode.Jumpdest })),
        (1, Gen.Byte.Array[32].Select(static b => (byte[])[(byte)Opcode.Push32, .. b])));

    /// <summary>A jump over a body on what the stack holds, or one that is refused when it is taken.</summary>
    private static readonly Gen<Func<int, byte[]>> Branch = Gen.Select(
        Operation.Array[0, 8], Operation.Array[0, 8], Gen.Int[0, 3]).Select(
        static (condition, body, form) => (Func<int, byte[]>)(start => Skip(
            start, [.. Concat(condition), .. form % 2 == 0 ? [] : new[] { (byte)Opcode.Dup1 }], Concat(body), form)));

    private static readonly Gen<byte[]> Branching = Gen.Frequency(
        (2, Operation.Select(static bytes => (Func<int, byte[]>)(_ => bytes))),
        (1, Branch)).Array[0, 25].Select(Assemble);

    private readonly EvmMachine _interpreter = new(CodeEngine.Interpreter);
    private readonly EvmMachine _blocks = new(CodeEngine.Blocks);

    [Test]
    public void Straight_code_gives_the_same_in_blocks() =>
        Operation.Array[0, 60].Select(Concat).Sample(code => Compare(Prelude([.. code]), 60_000), iter: 4_000);

    [Test]
    [Property("Incident", "Aptos 2023-10")]
    public void Code_that_runs_out_of_gas_anywhere_gives_the_same_in_blocks() =>
        Operation.Array[0, 25].Select(Concat).Sample(
            code =>
            {
                byte[] program = Prelude(code);
                for (int gas = 0; gas < 700; gas += 7)
                {
                    Compare(program, (ulong)(gas + (code.Length % 7)));
                }
            },
            iter: 150,
            threads: 1);

    [Test]
    public void Code_with_branches_gives_the_same_in_blocks() => Branching.Sample(
        code =>
        {
            Compare(code, 100_000);
            for (ulong gas = 30; gas < 400; gas += 37)
            {
                Compare(code, gas);
            }
        },
        iter: 1_500,
        threads: 1);

    [Test]
    public void A_block_whose_gas_ends_behind_a_way_out_takes_the_way_out()
    {
        // Stores at 1,024 (dynamic gas), leaves, and would go on with code that is prepaid and not run.
        byte[] store = new CodeBuilder().Push(1).Push(1024).Op(Opcode.Mstore).Push(1).Build();
        byte[] rest = [.. Enumerable.Repeat((byte)Opcode.Callvalue, 30), (byte)Opcode.Stop];
        byte end = (byte)(store.Length + 3 + rest.Length);
        byte[] code = [.. store, (byte)Opcode.Push1, end, (byte)Opcode.Jumpi, .. rest, (byte)Opcode.Jumpdest];
        for (ulong gas = 0; gas < 300; gas++)
        {
            Compare(code, gas);
        }
    }

    [Test]
    public void Loops_with_checks_give_the_same_in_blocks_and_under_every_gas_limit()
    {
        Gen<byte[]> loop = Gen.Select(Operation.Array[0, 12], Gen.Int[1, 30], Gen.Bool).Select(
            static (body, count, fails) => Loop(Concat(body), count, fails));
        loop.Sample(
            code =>
            {
                Compare(code, 1_000_000);
                for (ulong gas = 21; gas < 2_000; gas += 61)
                {
                    Compare(code, gas);
                }
            },
            iter: 150,
            threads: 1);
    }

    [Test]
    public void Stack_limits_are_those_of_the_interpreter([Values(1020, 1021, 1022, 1023, 1024, 1025)] int height)
    {
        // GAS ends a block: so blocks begin at heights that have nothing to do with how far a block may grow.
        for (int shift = 0; shift < 40; shift++)
        {
            byte[] code =
            [
                .. Enumerable.Repeat((byte)Opcode.Gas, shift),
                .. Enumerable.Repeat((byte)Opcode.Callvalue, height - shift),
                (byte)Opcode.Dup16, (byte)Opcode.Swap16, (byte)Opcode.Add, (byte)Opcode.Dup1,
            ];
            Compare(code, 100_000);
        }
    }

    [Test]
    public void A_machine_that_has_compiled_a_code_runs_it_as_one_that_has_not()
    {
        byte[] code = Loop([(byte)Opcode.Push1, 3, (byte)Opcode.Add], 200, fails: false);
        EvmMachine adaptive = new();
        string first = Run(adaptive, code, 1_000_000);
        Assert.That(Run(adaptive, code, 1_000_000), Is.EqualTo(first));
        Assert.That(Run(_interpreter, code, 1_000_000), Is.EqualTo(first));
    }

    [Test]
    public void A_machine_that_forgets_its_blocks_goes_on()
    {
        const int codes = 2_000;
        byte[] body = Concat([.. Enumerable.Repeat((byte[])[(byte)Opcode.Push1, 3, (byte)Opcode.Add], 90)]);
        for (int i = 0; i <= codes; i++)
        {
            byte[] code = Prelude([(byte)Opcode.Push2, (byte)(i % codes >> 8), (byte)(i % codes & 0xFF), .. body]);
            ExecutionResult result = Execute(_blocks, new VmHost(), code, 100_000);
            UInt256 sum = UInt256.FromBigEndian(result.ReturnData.Span[..32]);
            Assert.That(sum, Is.EqualTo(new UInt256((ulong)((i % codes) + 270))));
        }
    }

    private static byte[] Concat(byte[][] parts) => [.. parts.SelectMany(static part => part)];

    /// <summary>
    /// Ten words on the stack, the parts, each told where it starts, and the top of the stack as output.
    /// </summary>
    private static byte[] Assemble(Func<int, byte[]>[] parts)
    {
        List<byte> code = [.. Prelude([])[..20]];
        foreach (Func<int, byte[]> part in parts)
        {
            code.AddRange(part(code.Count));
        }

        code.AddRange(new CodeBuilder().Push(0).Op(Opcode.Mstore).Op(Opcode.Msize).Push(0).Op(Opcode.Return).Build());
        return [.. code];
    }

    private static byte[] Skip(int start, byte[] condition, byte[] body, int form)
    {
        int end = start + condition.Length + 4 + body.Length;
        byte[] destination = form == 3
            ? [(byte)Opcode.Push2, (byte)(start >> 8), (byte)(start & 0xFF)]
            : [(byte)Opcode.Push2, (byte)(end >> 8), (byte)(end & 0xFF)];
        return [.. condition, .. destination, (byte)Opcode.Jumpi, .. body, (byte)Opcode.Jumpdest];
    }

    /// <summary>Ten words on the stack before the code and the whole memory as output after it.</summary>
    private static byte[] Prelude(byte[] code) =>
    [
        .. Enumerable.Range(1, 10).SelectMany(static i => new[] { (byte)Opcode.Push1, (byte)(i * 3) }),
        .. code,
        .. new CodeBuilder().Push(0).Op(Opcode.Mstore).Op(Opcode.Msize).Push(0).Op(Opcode.Return).Build(),
    ];

    /// <summary>
    /// A loop as solc writes it: a condition that leaves it, a check that reverts, a body, a jump back.
    /// </summary>
    private static byte[] Loop(byte[] body, int count, bool fails)
    {
        byte[] head = [.. Prelude([])[..20], (byte)Opcode.Push1, 0, (byte)Opcode.Jumpdest];
        byte start = (byte)(head.Length - 1);
        byte[] condition = [(byte)Opcode.Dup1, (byte)Opcode.Push1, (byte)count, (byte)Opcode.Gt, (byte)Opcode.Iszero];
        byte[] check = [(byte)Opcode.Dup2, (byte)Opcode.Push1, fails ? (byte)16 : (byte)0, (byte)Opcode.Eq];
        int afterCheck = start + 1 + condition.Length + 3 + check.Length + 1 + 3 + 3;
        int end = afterCheck + 1 + body.Length + 3 + 3;
        return
        [
            .. head,
            .. condition, (byte)Opcode.Push1, (byte)end, (byte)Opcode.Jumpi,
            .. check, (byte)Opcode.Iszero, (byte)Opcode.Push1, (byte)afterCheck, (byte)Opcode.Jumpi,
            (byte)Opcode.Push0, (byte)Opcode.Dup1, (byte)Opcode.Revert,
            (byte)Opcode.Jumpdest, .. body, (byte)Opcode.Push1, 1, (byte)Opcode.Add,
            (byte)Opcode.Push1, start, (byte)Opcode.Jump,
            (byte)Opcode.Jumpdest, (byte)Opcode.Push0, (byte)Opcode.Mstore,
            (byte)Opcode.Msize, (byte)Opcode.Push0, (byte)Opcode.Return,
        ];
    }

    private void Compare(byte[] code, ulong gas)
    {
        string expected;
        string actual;
        lock (_interpreter)
        {
            expected = Run(_interpreter, code, gas);
            actual = Run(_blocks, code, gas);
        }

        Assert.That(actual, Is.EqualTo(expected));
    }

    private static ExecutionResult Execute(EvmMachine machine, VmHost host, byte[] code, ulong gas)
    {
        host.World.SetAccount(VmHost.Contract, 1, 1_000, code);
        host.World.SetStorage(VmHost.Contract, 3, 7);
        host.State.BeginTransaction();
        return machine.Execute(
            host.Block,
            new TransactionEnvironment(VmHost.Caller, 1),
            new CallMessage(VmHost.Caller, VmHost.Contract, 1, new byte[] { 1, 2, 3 }, gas),
            host.State);
    }

    private static string Run(EvmMachine machine, byte[] code, ulong gas)
    {
        VmHost host = new();
        ExecutionResult result = Execute(machine, host, code, gas);
        host.State.EndTransaction();
        MemoryState world = host.World;
        world.Apply(host.State.Drain());
        return $"{result.Status} {result.GasUsed} {result.GasRefund} {Hex.Encode(result.ReturnData.Span)} "
            + $"{result.Logs.Count} {world.Root()}";
    }
}
