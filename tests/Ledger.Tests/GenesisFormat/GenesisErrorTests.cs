using System.Text;
using EnergyChain.Core;
using EnergyChain.Ledger.GenesisFormat;

namespace EnergyChain.Ledger.Tests.GenesisFormat;

[TestFixture]
internal sealed class GenesisErrorTests
{
    private const string Key = "0xd75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a";

    private const string Sound = """
        {"chainId":1,"time":"2025-01-31T00:00:00Z",
        "parameters":{"blockIntervalMs":1000,"blockGasLimit":2000000,"transactionGasLimit":200000,"gasPrice":"5",
        "epochBlocks":100},"council":["0xd75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a"],
        "accounts":{"0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed":
        {"balance":"9","code":"0x60","storage":{"0x1":"0x2"}}}}
        """;

    [TestCase("\"chainId\":1", "\"chainId\":0", "$.chainId", "0", "from 1 to 9007199254740991")]
    [TestCase("\"chainId\":1", "\"chainId\":1.5", "$.chainId", "1.5", "a whole number")]
    [TestCase("\"chainId\":1", "\"chainId\":-1", "$.chainId", "-1", "a whole number")]
    [TestCase("\"chainId\":1", "\"chainId\":\"1\"", "$.chainId", "\"1\"", "a whole number")]
    [TestCase("\"chainId\":1,", "", "$.chainId", "", "a whole number")]
    [TestCase("\"chainId\":1", "\"chainId\":1,\"chainId\":1", "$.chainId", "1", "given once")]
    [TestCase("\"chainId\":1", "\"chainID\":1", "$.chainID", "1", "absent: known here are chainId, time")]
    [TestCase("31T00:00:00Z", "31T00:00:00", "$.time", "\"2025-01-31T00:00:00\"", "a UTC time")]
    [TestCase("2025-01-31", "1969-01-31", "$.time", "\"1969-01-31T00:00:00Z\"", "from 1970")]
    [TestCase("2025-01-31", "2025-02-31", "$.time", "\"2025-02-31T00:00:00Z\"", "a UTC time")]
    [TestCase("Ms\":1000", "Ms\":99", "$.parameters.blockIntervalMs", "99", "from 100 to 60000")]
    [TestCase(",\n\"epochBlocks\":100}", "}", "$.parameters.epochBlocks", "", "a whole number")]
    [TestCase("\"epochBlocks\":100", "\"epochBlocks\":0", "$.parameters.epochBlocks", "0", "from 1 to")]
    [TestCase(":200000,", ":2000001,", "$.parameters.transactionGasLimit", "2000001", "from 21000 to 2000000")]
    [TestCase("\n\"epochBlocks\":100", "\n\"gasPrice\":\"5\"", "$.parameters.gasPrice", "\"5\"", "given once")]
    [TestCase("\"gasPrice\":\"5\"", "\"gasPrice\":5", "$.parameters.gasPrice", "5", "a string with a decimal")]
    [TestCase("\"gasPrice\":\"5\"", "\"gasPrice\":\"05\"", "$.parameters.gasPrice", "\"05\"", "a decimal number")]
    [TestCase("\"gasPrice\":\"5\"", "\"gasPrice\":\"\"", "$.parameters.gasPrice", "\"\"", "a decimal number")]
    [TestCase(
        "\"gasPrice\":\"5\"",
        "\"gasPrice\":\"340282366920938463463374607431768211456\"",
        "$.parameters.gasPrice",
        "\"340282366920938463463374607431768211456\"",
        "below 2^128")]
    [TestCase($"[\"{Key}\"]", "[]", "$.council", "[]", "at least one")]
    [TestCase($"[\"{Key}\"]", "{}", "$.council", "{}", "a list")]
    [TestCase($"[\"{Key}\"]", "[\"0xd7\"]", "$.council[0]", "\"0xd7\"", "64 hex digits")]
    [TestCase($"[\"{Key}\"]", $"[\"{Key}\",\"{Key}\"]", "$.council[1]", "", "not in the list already")]
    [TestCase("5aAeb6", "5AAeb6", "$.accounts[\"0x5AAeb6053F3E94C9b9A09f33669435E7Ef1BeAed\"]", "", "EIP-55 checksum")]
    [TestCase("0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed", "0x12", "$.accounts[\"0x12\"]", "", "40 hex digits")]
    [TestCase("\"balance\":\"9\"", "\"balance\":\"0x9\"", "].balance", "\"0x9\"", "decimal number of base units")]
    [TestCase("\"balance\":\"9\"", "\"balance\":\"-9\"", "].balance", "\"-9\"", "decimal number of base units")]
    [TestCase("\"balance\":\"9\"", "\"nonce\":9", "].nonce", "9", "absent: known here are balance, code, storage")]
    [TestCase("\"code\":\"0x60\"", "\"code\":\"0x6\"", "].code", "\"0x6\"", "an even number of hex digits")]
    [TestCase("\"code\":\"0x60\"", "\"code\":\"60\"", "].code", "\"60\"", "0x and an even number")]
    [TestCase("\"code\":\"0x60\",", "", "].storage", "{\"0x1\":\"0x2\"}", "absent where the account has no code")]
    [TestCase("\"0x1\":\"0x2\"", "\"0x1\":\"0x0\"", "].storage[\"0x1\"]", "\"0x0\"", "not zero")]
    [TestCase("\"0x1\":\"0x2\"", "\"1\":\"0x2\"", "].storage[\"1\"]", "\"0x2\"", "under a slot")]
    [TestCase("\"0x1\":\"0x2\"", "\"0x1\":\"0x2\",\"0x01\":\"0x2\"", "].storage[\"0x01\"]", "", "entry of its slot")]
    [TestCase(
        "\"balance\":\"9\",\"code\":\"0x60\",\"storage\":{\"0x1\":\"0x2\"}", "", "BeAed\"]", "{}", "a balance or code")]
    public void Broken_value_is_named_with_its_place_and_what_is_allowed(
        string sound, string broken, string path, string value, string allowed)
    {
        string file = Sound.Replace(sound, broken, StringComparison.Ordinal);
        GenesisError error = ErrorOf(file);

        Assert.That(error.Path, Does.EndWith(path));
        Assert.That(error.Value, value.Length == 0 ? Is.Not.Null : Is.EqualTo(value));
        Assert.That(error.Allowed, Does.Contain(allowed));
        Assert.That(error.ToString(), Does.StartWith("The genesis file has ").And.EndsWith("."));
    }

    [Test]
    public void Same_address_in_two_spellings_is_refused()
    {
        const string Second = "},\"0x5aaeb6053f3e94c9b9a09f33669435e7ef1beaed\":{\"balance\":\"1\"}}}";

        GenesisError error = ErrorOf(Sound.Trim()[..^3] + Second);

        Assert.That(error.Allowed, Is.EqualTo("the only entry of its address"));
    }

    [Test]
    public void Supply_over_256_bits_is_refused()
    {
        string most = ((System.Numerics.BigInteger.One << 256) - 1).ToString();
        string second = $"}},\"0x0000000000000000000000000000000000000001\":{{\"balance\":\"{most}\"}}}}}}";

        GenesisError error = ErrorOf(Sound.Trim()[..^3] + second);

        Assert.That(error.Allowed, Does.Contain("stay below 2^256"));
    }

    [TestCase("", "line 1, byte 1")]
    [TestCase("{\n  \"chainId\": 1,\n}", "line 3")]
    [TestCase("{ // comment\n}", "line 1")]
    [TestCase("[]extra", "line 1")]
    public void Broken_json_is_named_by_line_and_byte(string json, string place) =>
        Assert.That(ErrorOf(json).Value, Does.Contain(place));

    [TestCase("[]")]
    [TestCase("null")]
    [TestCase("7")]
    public void Anything_but_an_object_is_refused(string json) =>
        Assert.That(ErrorOf(json).Allowed, Does.StartWith("an object with chainId"));

    [Test]
    public void File_over_the_limit_is_refused_unread()
    {
        bool read = GenesisFile.TryRead(new byte[Limits.MaxGenesisBytes + 1], out _, out GenesisError? error);

        Assert.That(read, Is.False);
        Assert.That(error!.Value, Is.EqualTo("16777217 bytes"));
    }

    [Test]
    public void Long_value_is_shown_shortened()
    {
        string broken = Sound.Replace("\"0x60\"", $"\"{new string('z', 500)}\"", StringComparison.Ordinal);

        Assert.That(ErrorOf(broken).Value, Has.Length.LessThan(80));
    }

    private static GenesisError ErrorOf(string json)
    {
        Assert.That(GenesisFile.TryRead(Encoding.UTF8.GetBytes(json), out _, out GenesisError? error), Is.False);
        return error!;
    }
}
