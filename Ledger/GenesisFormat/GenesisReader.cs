using System.Globalization;
using EnergyChain.Core;
using EnergyChain.Core.Chain;
using EnergyChain.Core.Crypto;
using EnergyChain.Core.Numerics;
using EnergyChain.Core.Primitives;

namespace EnergyChain.Ledger.GenesisFormat;

/// <summary>The members of genesis.json one by one. What comes back is used only where no error was added.</summary>
internal static class GenesisReader
{
    private const string TimeAllowed = "a UTC time such as 2025-01-31T00:00:00Z, with .fff for milliseconds, from 1970";
    private const string AmountAllowed = "a string with a decimal number of base units below 2^256";
    private static readonly string[] TimeForms = ["yyyy-MM-dd'T'HH:mm:ss'Z'", "yyyy-MM-dd'T'HH:mm:ss.fff'Z'"];
    private static readonly string[] Members = ["chainId", "time", "parameters", "council", "accounts"];

    private static readonly string[] ParameterMembers =
        ["blockIntervalMs", "blockGasLimit", "transactionGasLimit", "gasPrice", "epochBlocks"];

    public static Genesis Read(JsonField root)
    {
        if (root.AsObject(Members) is not { } members)
        {
            return Nothing;
        }

        ChainId chainId = new(members["chainId"].AsNumber(1, GenesisLimits.MaxChainId));
        BlockTime time = ReadTime(members["time"]);
        ChainParameters parameters = ReadParameters(members["parameters"], chainId);
        Council council = ReadCouncil(members["council"]);
        return new Genesis(time, parameters, council, ReadAccounts(members["accounts"]));
    }

    private static Genesis Nothing =>
        new(default, new ChainParameters { ChainId = default }, new Council([]), []);

    private static BlockTime ReadTime(JsonField field)
    {
        const DateTimeStyles Utc = DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal;
        string text = field.AsText(TimeAllowed);
        bool sound = DateTime.TryParseExact(text, TimeForms, CultureInfo.InvariantCulture, Utc, out DateTime time);
        if (!sound || time < DateTime.UnixEpoch)
        {
            field.Fail(TimeAllowed);
            return default;
        }

        return new BlockTime((ulong)((time - DateTime.UnixEpoch).Ticks / TimeSpan.TicksPerMillisecond));
    }

    private static ChainParameters ReadParameters(JsonField field, ChainId chainId)
    {
        ChainParameters defaults = new() { ChainId = chainId };
        if (field.AsObject(ParameterMembers) is not { } members)
        {
            return defaults;
        }

        ulong interval = members["blockIntervalMs"].AsNumber(
            Limits.MinBlockIntervalMs, GenesisLimits.MaxBlockIntervalMs);
        ulong blockGas = members["blockGasLimit"].AsNumber(GenesisLimits.MinGas, GenesisLimits.MaxBlockGas);
        return defaults with
        {
            BlockIntervalMs = interval,
            BlockGasLimit = new Gas(blockGas),
            TransactionGasLimit = new Gas(members["transactionGasLimit"].AsNumber(GenesisLimits.MinGas, blockGas)),
            GasPrice = members["gasPrice"].AsAmount(
                GenesisLimits.MaxGasPrice, "a string with a decimal number of base units per gas below 2^128"),
            EpochBlocks = members["epochBlocks"].AsNumber(1, GenesisLimits.MaxEpochBlocks),
        };
    }

    private static Council ReadCouncil(JsonField field)
    {
        const string Allowed = "a list of the members' Ed25519 public keys, at least one";
        List<CouncilMember> members = [];
        HashSet<PublicKey> seen = [];
        foreach (JsonField item in field.AsList(Allowed, Limits.MaxCouncilMembers))
        {
            string text = item.AsText("0x and the 64 hex digits of an Ed25519 public key");
            if (!text.StartsWith("0x", StringComparison.Ordinal) || !PublicKey.TryParse(text, out PublicKey key))
            {
                item.Fail("0x and the 64 hex digits of an Ed25519 public key");
            }
            else if (!seen.Add(key))
            {
                item.Fail("a key that is not in the list already");
            }
            else
            {
                members.Add(new CouncilMember(key));
            }
        }

        if (members.Count == 0)
        {
            field.Fail(Allowed);
        }

        return new Council(members);
    }

    private static List<GenesisAccount> ReadAccounts(JsonField field)
    {
        const string Allowed = "an object of accounts by address";
        SortedDictionary<Address, GenesisAccount> accounts = [];
        UInt256 supply = default;
        foreach ((string name, JsonField item) in field.AsMap(Allowed, Genesis.MaxAccounts))
        {
            if (!name.StartsWith("0x", StringComparison.Ordinal) || !Address.TryParse(name, out Address address))
            {
                item.Fail("under an address: 0x and 40 hex digits whose mixed case, if any, is the EIP-55 checksum");
                continue;
            }

            GenesisAccount account = ReadAccount(item, address);
            if (!accounts.TryAdd(address, account))
            {
                item.Fail("the only entry of its address");
            }

            if (UInt256.AddOverflows(supply, account.Balance, out supply))
            {
                item.Fail("an account with which all balances together stay below 2^256");
            }
        }

        return [.. accounts.Values];
    }

    private static GenesisAccount ReadAccount(JsonField field, Address address)
    {
        if (field.AsObject("balance", "code", "storage") is not { } members)
        {
            return new GenesisAccount(address, default, default, []);
        }

        UInt256 balance = members["balance"].IsMissing
            ? default
            : members["balance"].AsAmount(UInt256.MaxValue, AmountAllowed);
        byte[] code = members["code"].IsMissing ? [] : members["code"].AsBytes(GenesisAccount.MaxCodeBytes);
        StorageSlot[] storage = members["storage"].IsMissing ? [] : ReadStorage(members["storage"]);
        if (balance.IsZero && code.Length == 0)
        {
            field.Fail("an account with a balance or code");
        }

        if (storage.Length > 0 && code.Length == 0)
        {
            members["storage"].Fail("absent where the account has no code");
        }

        return new GenesisAccount(address, balance, code, storage);
    }

    private static StorageSlot[] ReadStorage(JsonField field)
    {
        const string WordAllowed = "a string with 0x and 1 to 64 hex digits";
        SortedDictionary<UInt256, StorageSlot> slots = [];
        foreach ((string name, JsonField item) in field.AsMap("an object of words by slot", GenesisAccount.MaxSlots))
        {
            if (!TryParseWord(name, out UInt256 key))
            {
                item.Fail($"under a slot: {WordAllowed}");
            }
            else if (!TryParseWord(item.AsText(WordAllowed), out UInt256 value) || value.IsZero)
            {
                item.Fail($"{WordAllowed}, not zero");
            }
            else if (!slots.TryAdd(key, new StorageSlot(key, value)))
            {
                item.Fail("the only entry of its slot");
            }
        }

        return [.. slots.Values];
    }

    private static bool TryParseWord(string text, out UInt256 word)
    {
        word = default;
        return text.StartsWith("0x", StringComparison.Ordinal)
            && text.Length <= 2 + (2 * Hash32.Size)
            && UInt256.TryParse(text, out word);
    }
}
