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

    /// <summary>What tests without a base fee were made with.</summary>
    private const ulong DefaultBaseFee = 10;

    /// <summary>From here on a blob costs more than one wei per gas (EIP-4844's fee function).</summary>
    private const ulong CostlyBlobsExcess = 2_314_058;

    public Hash32 ExpectedRoot => JsonFields.Hash(JsonFields.Field(Post, "hash"));

    public Hash32 ExpectedLogs => JsonFields.Hash(JsonFields.Field(Post, "logs"));

    /// <summary>The reasons any of which the transaction must be refused for; null when it must run.</summary>
    public string? ExpectedException =>
        JsonFields.Find(Post, "expectException") is JsonElement exception ? JsonFields.Text(exception) : null;

    /// <summary>Whether the transaction carries blobs, which this chain has none of.</summary>
    public bool HasBlobs => JsonFields.Find(Transaction, "blobVersionedHashes") is not null
        || JsonFields.Find(Transaction, "maxFeePerBlobGas") is not null;

    /// <summary>Whether BLOBBASEFEE has another value than here, where it is always one.</summary>
    public bool HasCostlyBlobs =>
        JsonFields.Number(JsonFields.Field(Test, "env"), "currentExcessBlobGas", 0) >= CostlyBlobsExcess;

    private JsonElement Transaction => JsonFields.Field(Test, "transaction");

    public override string ToString() => $"{File} {Name} d{DataIndex} g{GasIndex} v{ValueIndex}";

    public MemoryState ReadPreState()
    {
        MemoryState state = new();
        foreach (JsonProperty account in JsonFields.Properties(Test, "pre"))
        {
            Address address = JsonFields.Address(account.Name);
            state.SetAccount(
                address,
                JsonFields.Number64(JsonFields.Field(account.Value, "nonce")),
                JsonFields.Number(JsonFields.Field(account.Value, "balance")),
                JsonFields.Bytes(JsonFields.Field(account.Value, "code")));
            foreach (JsonProperty slot in JsonFields.Properties(account.Value, "storage"))
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
        JsonElement env = JsonFields.Field(Test, "env");
        UInt256 chainId = JsonFields.Find(Test, "config") is JsonElement config
            ? JsonFields.Number(config, "chainid", MainnetChainId)
            : MainnetChainId;
        return new BlockEnvironment(
            new ChainId(chainId.Low64),
            new Height(JsonFields.Number64(JsonFields.Field(env, "currentNumber"))),
            JsonFields.Number64(JsonFields.Field(env, "currentTimestamp")),
            JsonFields.Address(JsonFields.Field(env, "currentCoinbase")),
            new Gas(JsonFields.Number64(JsonFields.Field(env, "currentGasLimit"))),
            JsonFields.Number(env, "currentBaseFee", DefaultBaseFee),
            new Hash32(WordOf(JsonFields.Number(env, "currentRandom", 0))),
            new TestBlockHashes());
    }

    /// <exception cref="NumberTooLargeException">A number is larger than any transaction can carry.</exception>
    /// <exception cref="FormatException">A field is absent or malformed.</exception>
    public EthereumTransaction ReadTransaction()
    {
        JsonElement transaction = Transaction;
        string to = JsonFields.Find(transaction, "to") is JsonElement text ? JsonFields.Text(text) : string.Empty;
        UInt256 gasPrice = JsonFields.Number(transaction, "gasPrice", 0);
        bool hasFee = JsonFields.Find(transaction, "maxFeePerGas") is not null;
        return new EthereumTransaction(
            SenderKey.SenderOf(transaction),
            JsonFields.Number64(JsonFields.Field(transaction, "nonce")),
            to.Length == 0 ? null : JsonFields.Address(to),
            JsonFields.Number(JsonFields.Item(transaction, "value", ValueIndex)),
            JsonFields.Bytes(JsonFields.Item(transaction, "data", DataIndex)),
            JsonFields.Number64(JsonFields.Item(transaction, "gasLimit", GasIndex)),
            hasFee ? JsonFields.Number(transaction, "maxFeePerGas", 0) : gasPrice,
            hasFee ? JsonFields.Number(transaction, "maxPriorityFeePerGas", 0) : gasPrice,
            ReadAccessList(transaction));
    }

    private static byte[] WordOf(UInt256 value)
    {
        byte[] word = new byte[32];
        value.WriteBigEndian(word);
        return word;
    }

    /// <summary>A list for each of the data, or one for all.</summary>
    private List<AccessListEntry>? ReadAccessList(JsonElement transaction)
    {
        JsonElement? list = JsonFields.FindItem(transaction, "accessLists", DataIndex)
            ?? JsonFields.Find(transaction, "accessList");
        return list is not JsonElement entries ? null
            : entries.ValueKind != JsonValueKind.Array ? throw new FormatException("an access list is no array")
            : [.. entries.EnumerateArray().Select(static entry => new AccessListEntry(
                JsonFields.Address(JsonFields.Field(entry, "address")),
                [.. JsonFields.Items(entry, "storageKeys").Select(JsonFields.Number)]))];
    }
}
