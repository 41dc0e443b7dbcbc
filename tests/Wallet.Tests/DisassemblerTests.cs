using CsCheck;
using EnergyChain.Contracts;
using EnergyChain.Contracts.Abi;
using EnergyChain.Core.Primitives;
using EnergyChain.Vm.Opcodes;
using EnergyChain.Wallet.Cli.Disassembly;

namespace EnergyChain.Wallet.Tests;

public sealed class DisassemblerTests
{
    // solc 0.8.30's tail: {"ipfs": 34 bytes, "solc": 3 bytes} and its length, 51.
    private const string Metadata =
        "a264697066735822122000112233445566778899aabbccddeeff00112233445566778899aabbccddeeff"
        + "64736f6c634300081e0033";

    private static readonly Dictionary<string, byte> Opcodes = Enumerable.Range(0, 256)
        .Select(opcode => (byte)opcode)
        .Where(opcode => OpcodeTable.Find(opcode) is not null)
        .ToDictionary(opcode => OpcodeTable.Find(opcode)!.Value.Name);

    [Test]
    public void Listing_of_any_bytes_assembles_to_the_same_bytes() => Gen.Select(
        Gen.Byte.Array[0, 200],
        Gen.OneOf(Gen.Const(""), Gen.Const(Metadata), Gen.Const(Metadata[..^4]), Gen.Const("0002")))
        .Sample(
            (random, tail) =>
            {
                byte[] code = [.. random, .. Convert.FromHexString(tail)];
                IReadOnlyList<CodeLine> lines = Read(code);
                Assert.That(Assemble(lines), Is.EqualTo(code));
                Assert.That(lines.SelectMany(line => line.Bytes.ToArray()), Is.EqualTo(code));
                int next = 0;
                foreach (CodeLine line in lines)
                {
                    Assert.That(line.Position, Is.EqualTo(next));
                    next += line.Bytes.Length;
                }
            },
            iter: 1_000);

    [TestCase("EnergyMarket")]
    [TestCase("MeterRegistry")]
    public void Selectors_and_topics_of_our_contracts_are_named(string contract)
    {
        ContractArtifact artifact = ContractArtifact.Load(contract);
        IReadOnlyList<CodeLine> lines = Read(artifact.RuntimeCode.ToArray());
        string[] notes = [.. lines.Select(line => line.Note)];
        foreach (AbiFunction function in artifact.Abi.Functions)
        {
            Assert.That(notes, Does.Contain(AbiFunction.SignatureOf(function.Name, function.Inputs)));
        }

        foreach (AbiEvent happening in artifact.Abi.Events)
        {
            Assert.That(notes, Does.Contain("event " + AbiFunction.SignatureOf(happening.Name, happening.Inputs)));
        }
    }

    [Test]
    public void Metadata_behind_the_code_is_data()
    {
        CodeLine[] lines = [.. Read(Convert.FromHexString("00fe" + Metadata))];
        Assert.That(lines.Select(line => line.Mnemonic), Is.EqualTo(new[] { "STOP", "INVALID", "DATA", "DATA" }));
        Assert.That(lines[2].Note, Does.StartWith("metadata: ipfs 0x1220001122").And.EndsWith(", solc 0.8.30"));
    }

    // {"solc": "0.8.31-p"}, {"solc": "ABCDEFGH"}, {"solc": 4 bytes}, {"x": 3 bytes}: only a release is three bytes.
    [TestCase("a164736f6c6368302e382e33312d70000f", "metadata: solc 0.8.31-p")]
    [TestCase("a164736f6c63684142434445464748000f", "metadata: solc ABCDEFGH")]
    [TestCase("a164736f6c634401020304000b", "metadata: solc 0x01020304")]
    [TestCase("a161784300081e0007", "metadata: x 0x00081e")]
    public void Metadata_of_any_content_is_told(string metadata, string note) =>
        Assert.That(Read(Convert.FromHexString("00" + metadata))[1].Note, Is.EqualTo(note));

    [TestCase("63", TestName = "Push_that_reaches_into_the_metadata_makes_it_code")]
    public void Tail_is_code_where_the_machine_reads_it_as_code(string push)
    {
        IReadOnlyList<CodeLine> lines = Read(Convert.FromHexString(push + Metadata));
        Assert.That(lines.Select(line => line.Mnemonic), Does.Not.Contain("DATA"));
    }

    [Test]
    public void Jump_says_where_it_goes_and_whether_it_may()
    {
        CodeLine[] lines = [.. Read(Convert.FromHexString("6004565b5b6003575b61ffff5600"))];
        Assert.That(lines[1].Note, Is.EqualTo("to 0x0004"));
        Assert.That(lines[2].IsJumpDestination);
        Assert.That(lines.Single(line => line.Mnemonic == "JUMPI").Note, Is.EqualTo("to 0x0003"));
        Assert.That(
            lines.Last(line => line.Mnemonic == "JUMP").Note, Is.EqualTo("to 0xffff, which is no jump destination"));
    }

    [Test]
    public void Jump_destination_inside_a_push_is_none()
    {
        CodeLine[] lines = [.. Read([0x60, 0x5b, 0x60, 0x01, 0x56])];
        Assert.That(lines.Any(line => line.IsJumpDestination), Is.False);
        Assert.That(lines[^1].Note, Does.Contain("no jump destination"));
    }

    [Test]
    public void Last_push_that_is_cut_short_is_shown_as_such()
    {
        CodeLine line = Read([0x63, 0xaa, 0xbb]).Single();
        Assert.That(line.Mnemonic, Is.EqualTo("PUSH4"));
        Assert.That(line.MissingBytes, Is.EqualTo(2));
        Assert.That(line.Note, Is.EqualTo("the code ends 2 bytes early"));
    }

    private static IReadOnlyList<CodeLine> Read(byte[] code) =>
        new Disassembler(AbiBook.OfGenesisContracts()).Read(code);

    /// <summary>A plain assembler over what the listing shows, the bytes column left aside.</summary>
    private static byte[] Assemble(IEnumerable<CodeLine> lines)
    {
        List<byte> code = [];
        foreach (CodeLine line in lines)
        {
            if (line.Gas is null)
            {
                code.AddRange(line.Bytes.Span);
                continue;
            }

            code.Add(Opcodes[line.Mnemonic]);
            code.AddRange(Convert.FromHexString(Hex.Encode(line.Operand.Span).AsSpan(2)));
        }

        return [.. code];
    }
}
