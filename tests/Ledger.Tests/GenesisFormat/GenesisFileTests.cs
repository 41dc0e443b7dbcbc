using System.Text;
using System.Text.Json.Nodes;
using CsCheck;
using EnergyChain.Core.Chain;
using EnergyChain.Core.Codec;
using EnergyChain.Core.Primitives;
using EnergyChain.Ledger.GenesisFormat;

namespace EnergyChain.Ledger.Tests.GenesisFormat;

[TestFixture]
internal sealed class GenesisFileTests
{
    private const string Sound = """
        {
          "chainId": 8453,
          "time": "2025-01-31T00:00:00.250Z",
          "parameters": {
            "blockIntervalMs": 1000,
            "blockGasLimit": 2000000000,
            "transactionGasLimit": 200000000,
            "gasPrice": "1000000000",
            "epochBlocks": 100
          },
          "council": [
            "0xd75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a",
            "0x3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c"
          ],
          "accounts": {
            "0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed": { "balance": "340282366920938463463374607431768211456" },
            "0x0000000000000000000000000000000000001001": {
              "balance": "7", "code": "0x6001", "storage": { "0x02": "0x1", "0x1": "0xff" }
            }
          }
        }
        """;

    [Test]
    public void Reader_gives_every_member_in_canonical_order()
    {
        Genesis genesis = Read(Sound);

        Assert.That(genesis.ChainId, Is.EqualTo(new ChainId(8453)));
        Assert.That(genesis.Time, Is.EqualTo(new BlockTime(1_738_281_600_250)));
        Assert.That(genesis.Parameters.TransactionGasLimit, Is.EqualTo(new Gas(200_000_000)));
        Assert.That(genesis.Council.Count, Is.EqualTo(2));
        Assert.That(genesis.Accounts[0].Address, Is.EqualTo(Address.FromNumber(0x1001)));
        Assert.That(
            genesis.Accounts[0].Storage, Is.EqualTo(new[] { new StorageSlot(1, 255), new StorageSlot(2, 1) }));
        Assert.That(genesis.Accounts[1].Balance.ToString(), Is.EqualTo("340282366920938463463374607431768211456"));
    }

    [Test]
    public void Genesis_hash_is_pinned() =>
        Assert.That(
            Read(Sound).Hash.ToString(),
            Is.EqualTo("0x8f2527059f83b26c430290001a1c5f8ee1bcf7628b247194472013a6a9dd3560"));

    [Test]
    public void Order_of_members_does_not_change_the_hash()
    {
        JsonObject shuffled = [];
        foreach (KeyValuePair<string, JsonNode?> member in JsonNode.Parse(Sound)!.AsObject().Reverse())
        {
            shuffled[member.Key] = member.Value!.DeepClone();
        }

        Assert.That(Read(shuffled.ToJsonString()).Hash, Is.EqualTo(Read(Sound).Hash));
    }

    [Test]
    public void Written_file_reads_as_the_same_genesis_and_writes_as_the_same_file() =>
        GenesisGen.Genesis.Sample(
            genesis =>
            {
                byte[] file = GenesisFile.Write(genesis);
                Genesis read = Read(Encoding.UTF8.GetString(file));
                byte[] canonical = Bcs.Encode(GenesisFile.Canonical(genesis));
                return Bcs.Encode(read).AsSpan().SequenceEqual(canonical)
                    && GenesisFile.Write(read).AsSpan().SequenceEqual(file);
            },
            iter: 200);

    [Test]
    public void Cut_file_is_one_error_at_every_length()
    {
        byte[] bytes = Encoding.UTF8.GetBytes(Sound);
        for (int length = 0; length < bytes.Length; length++)
        {
            Assert.That(GenesisFile.TryRead(bytes.AsMemory(0, length), out _, out GenesisError? error), Is.False);
            Assert.That(error!.Path, Is.EqualTo("$"));
        }
    }

    [Test]
    public void Any_changed_byte_gives_an_error_or_a_genesis_and_never_an_exception() =>
        Gen.Select(Gen.Int[0, Sound.Length - 1], Gen.Byte).Sample(
            (position, value) =>
            {
                byte[] bytes = Encoding.UTF8.GetBytes(Sound);
                bytes[position] = value;
                return GenesisFile.TryRead(bytes, out _, out GenesisError? error) == (error is null);
            },
            iter: 3_000);

    private static Genesis Read(string json)
    {
        Assert.That(
            GenesisFile.TryRead(Encoding.UTF8.GetBytes(json), out Genesis? genesis, out GenesisError? error),
            Is.True,
            () => error!.ToString());
        return genesis!;
    }
}
