using System.Text.Json;
using CsCheck;
using EnergyChain.Contracts.Abi;
using EnergyChain.Core.Numerics;
using EnergyChain.Core.Primitives;

namespace EnergyChain.Contracts.Tests.Abi;

public sealed class AbiBookTests
{
    private const string Overloads = """
        [
          {"type":"constructor","inputs":[]},
          {"type":"function","name":"put","inputs":[{"name":"a","type":"uint256"}],"outputs":[]},
          {"type":"function","name":"put","inputs":[{"name":"a","type":"tuple[2][]","components":[
             {"name":"x","type":"int8"},{"name":"y","type":"string"}]}],"outputs":[]},
          {"type":"event","name":"Named","inputs":[{"name":"who","type":"string","indexed":true},
             {"name":"n","type":"uint8","indexed":false}]},
          {"type":"event","name":"Hidden","anonymous":true,"inputs":[]},
          {"type":"error","name":"Bad","inputs":[{"name":"","type":"bytes"}]}
        ]
        """;

    private static readonly Address Somebody = Address.FromNumber(9);

    [Test]
    public void Call_of_the_market_is_explained_by_its_own_abi()
    {
        byte[] data = EnergyMarketContract.Clear(5);
        DecodedAbi? call = AbiBook.OfGenesisContracts().ExplainCall(EnergyMarketContract.Address, data);
        Assert.That(call!.Contract, Is.EqualTo("EnergyMarket"));
        Assert.That(AbiText.Describe(call.Parameters, call.Values!), Is.EqualTo("(slot: 5)"));
    }

    [Test]
    public void Function_that_two_contracts_have_is_explained_by_the_one_that_is_called()
    {
        byte[] data = MeterRegistryContract.Withdraw(Somebody);
        AbiBook book = AbiBook.OfGenesisContracts();
        Assert.That(book.ExplainCall(MeterRegistryContract.Address, data)!.Contract, Is.EqualTo("MeterRegistry"));
        Assert.That(book.ExplainCall(EnergyMarketContract.Address, data)!.Contract, Is.EqualTo("EnergyMarket"));
    }

    [Test]
    public void Selector_without_its_arguments_still_gives_the_name()
    {
        byte[] data = [.. EnergyMarketContract.Clear(5)[..^1]];
        DecodedAbi? call = AbiBook.OfGenesisContracts().ExplainCall(EnergyMarketContract.Address, data);
        Assert.That(call!.Name, Is.EqualTo("clear"));
        Assert.That(call.Values, Is.Null);
    }

    [Test]
    public void Overloads_structs_in_arrays_and_hashed_topics_are_read()
    {
        AbiInterface contract = Parse(Overloads);
        AbiBook book = new();
        book.Add(contract);
        AbiFunction nested = contract.Functions[1];
        AbiValue pair = new AbiValue[] { UInt256.MaxValue, "a\u001b[2J" };
        AbiValue rows = new AbiValue[] { new AbiValue[] { pair, pair } };
        DecodedAbi? call = book.ExplainCall(Somebody, nested.EncodeCall(rows));
        Hash32 name = new([.. Enumerable.Repeat((byte)3, 32)]);
        DecodedAbi? happening = book.ExplainEvent(
            Somebody,
            [contract.Events.Single().Topic, name],
            AbiEncoder.Encode([new("n", new AbiType.UInt(8))], [7UL]));

        string struct1 = "(x: -1, y: \"a\\u001b[2J\")";
        Assert.That(
            AbiText.Describe(call!.Parameters, call.Values!), Is.EqualTo($"(a: [[{struct1}, {struct1}]])"));
        Assert.That(
            AbiText.Describe(happening!.Parameters, happening.Values!), Is.EqualTo($"(who: {name}, n: 7)"));
    }

    [Test]
    public void Any_bytes_are_explained_or_not_but_never_throw()
    {
        AbiBook book = AbiBook.OfGenesisContracts();
        book.Add(Parse(Overloads));
        byte[][] selectors =
        [
            .. EnergyMarketContract.Artifact.Abi.Functions.Select(function => function.Selector.ToArray()),
            .. EnergyMarketContract.Artifact.Abi.Errors.Select(error => error.Selector.ToArray()),
            .. Parse(Overloads).Functions.Select(function => function.Selector.ToArray()),
        ];
        Hash32[] topics = [.. EnergyMarketContract.Artifact.Abi.Events.Select(happening => happening.Topic)];

        // Words of small numbers look like offsets and lengths, which random bytes never do.
        Gen<byte[]> word = Gen.OneOf(
            Gen.Byte.Array[32],
            Gen.Byte[0, 255].Select(last => (byte[])[.. new byte[31], last]),
            Gen.Int[0, 20].Select(n => (byte[])[.. new byte[31], (byte)(32 * n % 256)]));
        Gen.Select(Gen.Int[0, selectors.Length - 1], Gen.Int[0, topics.Length - 1], word.Array[0, 30], Gen.Int[0, 31])
            .Sample(
                (selector, topic, words, cut) =>
                {
                    byte[] body = [.. words.SelectMany(bytes => bytes)];
                    body = body[..Math.Max(0, body.Length - (cut < 16 ? 0 : cut))];
                    byte[] data = [.. selectors[selector], .. body];
                    DecodedAbi? call = book.ExplainCall(Somebody, data);
                    DecodedAbi? revert = book.ExplainRevert(Somebody, data);
                    DecodedAbi? happening = book.ExplainEvent(Somebody, [topics[topic]], body);
                    Assert.That(Shown(call) + Shown(revert) + Shown(happening), Is.Not.Null);
                    if (call?.Values is { } values)
                    {
                        Assert.That(AbiEncoder.Encode(call.Parameters, values), Is.EqualTo(body));
                    }
                },
                iter: 20_000);
    }

    [TestCase("{}")]
    [TestCase("[1]")]
    [TestCase("""[{"type":"function"}]""")]
    [TestCase("""[{"type":"function","name":"f","inputs":{}}]""")]
    [TestCase("""[{"type":"function","name":"f","inputs":[{}]}]""")]
    [TestCase("""[{"type":"function","name":"f","inputs":[{"type":"uint7"}]}]""")]
    [TestCase("""[{"type":"function","name":"f","inputs":[{"type":"uint99999999999"}]}]""")]
    [TestCase("""[{"type":"function","name":"f","inputs":[{"type":"]"}]}]""")]
    [TestCase("""[{"type":"function","name":"f","inputs":[{"type":"uint8[0]"}]}]""")]
    [TestCase("""[{"type":"function","name":"f","inputs":[{"type":"uint8[5000]"}]}]""")]
    [TestCase("""[{"type":"function","name":"f","inputs":[{"type":"uint8[4096][4096]"}]}]""")]
    [TestCase("""[{"type":"function","name":"f","inputs":[{"type":"uint8[][][][][][][][][][][][][]"}]}]""")]
    [TestCase("""[{"type":"function","name":"f","inputs":[{"type":"tuple"}]}]""")]
    [TestCase("""[{"type":"function","name":"f\u001b]0;x"}]""")]
    [TestCase("""[{"type":"error","name":"f","inputs":[{"type":"bool","name":"\u202eok"}]}]""")]
    [TestCase("""[{"type":"event","name":"\ud800"}]""")]
    public void What_is_no_abi_within_the_limits_is_a_FormatException(string json) =>
        Assert.That(() => Parse(json), Throws.InstanceOf<FormatException>());

    [Test]
    public void Damaged_abi_is_read_or_a_FormatException() => Gen.Select(
        Gen.Int[0, Overloads.Length - 1], Gen.Char['!', '~']).Sample(
        (position, letter) =>
        {
            string damaged = Overloads[..position] + letter + Overloads[(position + 1)..];
            try
            {
                AbiInterface read = Parse(damaged);
                return read.Functions.Count + read.Events.Count + read.Errors.Count is >= 3 and <= 5;
            }
            catch (Exception exception) when (exception is FormatException or JsonException)
            {
                return true;
            }
        },
        iter: 3_000);

    [TestCase("plain \u00fc", "\"plain \u00fc\"")]
    [TestCase("a\u001b\n\u009b", "\"a\\u001b\\u000a\\u009b\"")]
    [TestCase("\u202egnp.exe\u2028", "\"\\u202egnp.exe\\u2028\"")]
    public void Text_is_safe_to_print(string text, string shown) =>
        Assert.That(AbiText.Describe(new AbiType.Text(), text), Is.EqualTo(shown));

    [TestCase(0x11UL, ExpectedResult = "arithmetic overflow or underflow")]
    [TestCase(0x32UL, ExpectedResult = "array index out of bounds")]
    [TestCase(0x99UL, ExpectedResult = "unknown panic")]
    public string Panic_has_its_meaning(ulong code) => PanicCodes.Describe(code);

    private static string Shown(DecodedAbi? decoded) =>
        decoded?.Values is { } values ? AbiText.Describe(decoded.Parameters, values) : "";

    private static AbiInterface Parse(string json)
    {
        using JsonDocument document = JsonDocument.Parse(json);
        return AbiInterface.Read("Thing", document.RootElement);
    }
}
