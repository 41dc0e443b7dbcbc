using System.Text.Json;
using EnergyChain.Core.Crypto;
using EnergyChain.Core.Primitives;
using EnergyChain.StateTests;
using EnergyChain.Vm.State;

namespace EnergyChain.Vm.Tests.Fuzzing;

/// <summary>A block of scenarios that anvil has mined, to be run again here.</summary>
internal sealed class AnvilBlock : IBlockHashes
{
    private readonly IReadOnlyList<Scenario> _scenarios;
    private readonly JsonElement _header;
    private readonly JsonElement _receipts;
    private readonly SortedDictionary<Address, string> _state;

    private AnvilBlock(
        IReadOnlyList<Scenario> scenarios,
        JsonElement header,
        JsonElement receipts,
        SortedDictionary<Address, string> state)
    {
        _state = state;
        _scenarios = scenarios;
        _header = header;
        _receipts = receipts;
    }

    /// <summary>Sets up the accounts on an empty chain and mines all transactions as its first block.</summary>
    public static async Task<AnvilBlock> MineAsync(AnvilNode node, IReadOnlyList<Scenario> scenarios)
    {
        await node.CallAsync("anvil_reset");
        await node.CallAsync("anvil_setNextBlockBaseFeePerGas", "0x0");
        await node.BatchAsync([.. scenarios.SelectMany(SetUp)]);
        await node.BatchAsync([.. scenarios.SelectMany(static scenario => scenario.Transactions).Select(Send)]);
        await node.CallAsync("evm_mine");
        JsonElement[] results = await node.BatchAsync(
        [
            ("eth_getBlockByNumber", ["latest", false]),
            ("eth_getBlockReceipts", ["latest"]),
            ("anvil_dumpState", []),
        ]);
        return new AnvilBlock(scenarios, results[0], results[1], AnvilState.Read(results[2]));
    }

    /// <summary>The first thing that differs here, or null.</summary>
    public string? FindDifference(EvmMachine machine)
    {
        MemoryState world = new();
        foreach (Scenario scenario in _scenarios)
        {
            scenario.AddTo(world);
        }

        StateOverlay state = new(world);
        Dictionary<(Address, ulong), (Scenario Scenario, EthereumTransaction Transaction)> waiting =
            _scenarios.SelectMany(static scenario => scenario.Transactions.Select(sent => (scenario, sent)))
                .ToDictionary(static pair => (pair.sent.Sender, pair.sent.Nonce));
        Dictionary<Address, ulong> nonces = [];
        foreach (JsonElement receipt in _receipts.EnumerateArray())
        {
            Address sender = AddressOf(receipt.GetProperty("from"));
            ulong nonce = nonces.GetValueOrDefault(sender);
            nonces[sender] = nonce + 1;
            waiting.Remove((sender, nonce), out var next);
            TransactionOutcome outcome = EthereumTransition.Run(machine, Environment(), next.Transaction, state);
            string ours = Describe(outcome);
            string theirs = Describe(receipt);
            if (ours != theirs)
            {
                return $"seed {next.Scenario.Seed}, transaction {nonce}: {ours} here, {theirs} there";
            }
        }

        if (waiting.Count > 0)
        {
            return $"{waiting.Count} transactions were not mined, seed {waiting.First().Value.Scenario.Seed}";
        }

        world.Apply(state.Drain());
        return FindDifference(world);
    }

    public Hash32 GetBlockHash(Height height) => HashOf(_header.GetProperty("parentHash"));

    private static IEnumerable<(string Method, object[] Parameters)> SetUp(Scenario scenario)
    {
        yield return ("anvil_setBalance", [scenario.Sender.ToString(), Hexadecimal(Scenario.SenderBalance)]);
        foreach (ScenarioAccount account in scenario.Accounts)
        {
            string address = account.Address.ToString();
            yield return ("anvil_setCode", [address, Hex.Encode(account.Code)]);
            yield return ("anvil_setBalance", [address, Hexadecimal(account.Balance)]);
            yield return ("anvil_setNonce", [address, "0x1"]);
            foreach ((ulong key, ulong value) in account.Storage)
            {
                yield return ("anvil_setStorageAt", [address, Hexadecimal(key), "0x" + value.ToString("x64")]);
            }
        }
    }

    private static (string Method, object[] Parameters) Send(EthereumTransaction transaction)
    {
        Dictionary<string, object> fields = new()
        {
            ["from"] = transaction.Sender.ToString(),
            ["nonce"] = Hexadecimal(transaction.Nonce),
            ["gas"] = Hexadecimal(transaction.GasLimit),
            ["gasPrice"] = Hexadecimal((ulong)transaction.MaxFee),
            ["value"] = Hexadecimal((ulong)transaction.Value),
            ["data"] = Hex.Encode(transaction.Data),
        };
        if (transaction.To is Address to)
        {
            fields["to"] = to.ToString();
        }

        if (transaction.AccessList is not null)
        {
            fields["accessList"] = transaction.AccessList.Select(static entry => new
            {
                address = entry.Address.ToString(),
                storageKeys = entry.StorageKeys.Select(static key => "0x" + ((ulong)key).ToString("x64")),
            });
        }

        return ("eth_sendTransaction", [fields]);
    }

    private static string Describe(TransactionOutcome outcome) => outcome.Execution is not ExecutionResult result
        ? $"invalid ({outcome.Error})"
        : Describe(result.IsSuccess, outcome.GasUsed, Lower(result.CreatedAddress), [.. result.Logs.Select(
            static log => $"{Lower(log.Address)}:{string.Join(',', log.Topics)}:{Hex.Encode(log.Data.Span)}")]);

    private static string Describe(JsonElement receipt)
    {
        bool succeeded = receipt.GetProperty("status").GetString() == "0x1";
        return Describe(
            succeeded,
            Convert.ToUInt64(receipt.GetProperty("gasUsed").GetString(), 16),
            succeeded ? receipt.GetProperty("contractAddress").GetString() : null,
            [.. receipt.GetProperty("logs").EnumerateArray().Select(static log =>
                $"{log.GetProperty("address")}:{string.Join(',', log.GetProperty("topics").EnumerateArray())}"
                + $":{log.GetProperty("data")}")]);
    }

    private static string Describe(bool succeeded, ulong gasUsed, string? created, string[] logs)
    {
        string hash = Keccak256.Hash(System.Text.Encoding.ASCII.GetBytes(string.Join(';', logs))).ToString();
        return $"{(succeeded ? "success" : "failure")}, gas {gasUsed}, created {created ?? "nothing"}, "
            + $"{logs.Length} logs {hash[..10]}";
    }

    /// <summary>Without the mixed case of a checksum.</summary>
    private static string? Lower(Address? address) => address is Address known ? Hex.Encode(known.ToArray()) : null;

    private static string Hexadecimal(ulong value) => $"0x{value:x}";

    private static Address AddressOf(JsonElement text) =>
        Address.TryParse(text.GetString(), out Address address) ? address : throw new FormatException(text.ToString());

    private static Hash32 HashOf(JsonElement text) =>
        Hash32.TryParse(text.GetString(), out Hash32 hash) ? hash : throw new FormatException(text.ToString());

    private string? FindDifference(MemoryState world)
    {
        SortedDictionary<Address, string> ours = AnvilState.Describe(world);
        foreach (Address address in ours.Keys.Union(_state.Keys).Order())
        {
            string here = ours.GetValueOrDefault(address, "nothing");
            string there = _state.GetValueOrDefault(address, "nothing");
            if (here != there)
            {
                return $"{address}: {here} here, {there} there";
            }
        }

        return null;
    }

    private ulong Number(string field) => Convert.ToUInt64(_header.GetProperty(field).GetString(), 16);

    private BlockEnvironment Environment() => new(
        new ChainId(31337),
        new Height(Number("number")),
        Number("timestamp"),
        AddressOf(_header.GetProperty("miner")),
        new Gas(Number("gasLimit")),
        Number("baseFeePerGas"),
        HashOf(_header.GetProperty("mixHash")),
        this);
}
