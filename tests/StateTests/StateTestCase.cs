using System.Text.Json;
using EnergyChain.Core.Numerics;
using EnergyChain.Core.Primitives;
using EnergyChain.Vm;

namespace EnergyChain.StateTests;

/// <summary>One post entry of a state test: a pre-state, one transaction of its lists, the expected results.</summary>
/// <param name="File">The file it is from.</param>
/// <param name="Name">The test's name.</param>
/// <param name="DataIndex">Which of the transaction's data.</param>
/// <param name="GasIndex">Which gas limit.</param>
/// <param name="ValueIndex">Which value.</param>
/// <param name="Test">The whole test.</param>
/// <param name="Post">The entry.</param>
public sealed record StateTestCase(
    string File, string Name, int DataIndex, int GasIndex, int ValueIndex, JsonElement Test, JsonElement Post)
{
    private const ulong MainnetChainId = 1;

    public Hash32 ExpectedRoot => JsonFields.Hash(Post.GetProperty("hash"));

    public Hash32 ExpectedLogs => JsonFields.Hash(Post.GetProperty("logs"));

    /// <summary>The reasons any of which the transaction must be refused for; null when it must run.</summary>
    public string? ExpectedException =>
        Post.TryGetProperty("expectException", out JsonElement exception) ? exception.GetString() : null;

    /// <summary>Whether the transaction carries blobs, which this chain has none of.</summary>
    public bool HasBlobs => Transaction.TryGetProperty("blobVersionedHashes", out _)
        || Transaction.TryGetProperty("maxFeePerBlobGas", out _);

    private JsonElement Transaction => Test.GetProperty("transaction");

    public override string ToString() => $"{File} {Name} d{DataIndex} g{GasIndex} v{ValueIndex}";

    /// <summary>Every case of a file for one fork. Throws for a file that is no state test.</summary>
    public static IEnumerable<StateTestCase> ReadFile(string path, string fork)
    {
        // The document stays alive with its cases, so it is not disposed of here.
        JsonDocument document = JsonDocument.Parse(System.IO.File.ReadAllBytes(path));
        foreach (JsonProperty test in document.RootElement.EnumerateObject())
        {
            if (!test.Value.GetProperty("post").TryGetProperty(fork, out JsonElement posts))
            {
                continue;
            }

            foreach (JsonElement post in posts.EnumerateArray())
            {
                JsonElement indexes = post.GetProperty("indexes");
                yield return new StateTestCase(
                    path,
                    test.Name,
                    indexes.GetProperty("data").GetInt32(),
                    indexes.GetProperty("gas").GetInt32(),
                    indexes.GetProperty("value").GetInt32(),
                    test.Value,
                    post);
            }
        }
    }

    public MemoryState ReadPreState()
    {
        MemoryState state = new();
        foreach (JsonProperty account in Test.GetProperty("pre").EnumerateObject())
        {
            Address address = JsonFields.Address(account.Name);
            state.SetAccount(
                address,
                JsonFields.Number64(account.Value.GetProperty("nonce")),
                JsonFields.Number(account.Value.GetProperty("balance")),
                JsonFields.Bytes(account.Value.GetProperty("code")));
            foreach (JsonProperty slot in account.Value.GetProperty("storage").EnumerateObject())
            {
                if (!UInt256.TryParse(slot.Name, out UInt256 key))
                {
                    throw new FormatException($"not a storage key: {slot.Name}");
                }

                state.SetStorage(address, key, JsonFields.Number(slot.Value));
            }
        }

        return state;
    }

    public BlockEnvironment ReadBlock()
    {
        JsonElement env = Test.GetProperty("env");
        return new BlockEnvironment(
            new ChainId(MainnetChainId),
            new Height(JsonFields.Number64(env.GetProperty("currentNumber"))),
            JsonFields.Number64(env.GetProperty("currentTimestamp")),
            JsonFields.Address(env.GetProperty("currentCoinbase")),
            new Gas(JsonFields.Number64(env.GetProperty("currentGasLimit"))),
            JsonFields.Number(env, "currentBaseFee", 0),
            new Hash32(WordOf(JsonFields.Number(env, "currentRandom", 0))),
            new TestBlockHashes());
    }

    /// <summary>Throws <see cref="FormatException"/> for a field that no transaction can carry.</summary>
    public EthereumTransaction ReadTransaction()
    {
        JsonElement transaction = Transaction;
        string to = transaction.GetProperty("to").GetString() ?? string.Empty;
        UInt256 gasPrice = JsonFields.Number(transaction, "gasPrice", 0);
        UInt256 maxFee = transaction.TryGetProperty("maxFeePerGas", out JsonElement fee)
            ? JsonFields.Number(fee)
            : gasPrice;
        UInt256 priorityFee = transaction.TryGetProperty("maxPriorityFeePerGas", out JsonElement priority)
            ? JsonFields.Number(priority)
            : gasPrice;
        return new EthereumTransaction(
            SenderKey.SenderOf(transaction),
            JsonFields.Number64(transaction.GetProperty("nonce")),
            to.Length == 0 ? null : JsonFields.Address(to),
            JsonFields.Number(transaction.GetProperty("value")[ValueIndex]),
            JsonFields.Bytes(transaction.GetProperty("data")[DataIndex]),
            JsonFields.Number64(transaction.GetProperty("gasLimit")[GasIndex]),
            maxFee,
            priorityFee,
            ReadAccessList(transaction));
    }

    private static byte[] WordOf(UInt256 value)
    {
        byte[] word = new byte[32];
        value.WriteBigEndian(word);
        return word;
    }

    private List<AccessListEntry>? ReadAccessList(JsonElement transaction)
    {
        if (!transaction.TryGetProperty("accessLists", out JsonElement lists)
            || lists[DataIndex].ValueKind != JsonValueKind.Array)
        {
            return null;
        }

        return
        [
            .. lists[DataIndex].EnumerateArray().Select(static entry => new AccessListEntry(
                JsonFields.Address(entry.GetProperty("address")),
                [.. entry.GetProperty("storageKeys").EnumerateArray().Select(JsonFields.Number)])),
        ];
    }
}
