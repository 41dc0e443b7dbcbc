using System.IO.Compression;
using System.Text.Json;
using EnergyChain.Core.Crypto;
using EnergyChain.Core.Numerics;
using EnergyChain.Core.Primitives;
using EnergyChain.StateTests;
using EnergyChain.Vm.State;

namespace EnergyChain.Vm.Tests.Fuzzing;

/// <summary>
/// World states as text, an account each. Anvil keeps entries of accounts that are empty, so that its state root counts
/// accounts that do not exist; what it dumps can be compared without them.
/// </summary>
internal static class AnvilState
{
    /// <param name="dump">What anvil_dumpState answers: gzipped JSON in hex.</param>
    public static SortedDictionary<Address, string> Read(JsonElement dump)
    {
        using MemoryStream compressed = new(Convert.FromHexString(dump.GetString()!.AsSpan(2)));
        using GZipStream plain = new(compressed, CompressionMode.Decompress);
        using JsonDocument document = JsonDocument.Parse(plain);
        SortedDictionary<Address, string> state = [];
        foreach (JsonProperty account in document.RootElement.GetProperty("accounts").EnumerateObject())
        {
            AccountState fields = new(
                account.Value.GetProperty("nonce").GetUInt64(),
                Number(account.Value.GetProperty("balance").GetString()),
                Keccak256.Hash(Convert.FromHexString(account.Value.GetProperty("code").GetString()!.AsSpan(2))));
            if (!fields.IsEmpty)
            {
                Address.TryParse(account.Name, out Address address);
                state[address] = Describe(fields, account.Value.GetProperty("storage").EnumerateObject()
                    .Select(static slot => KeyValuePair.Create(Number(slot.Name), Number(slot.Value.GetString()))));
            }
        }

        return state;
    }

    public static SortedDictionary<Address, string> Describe(MemoryState world) => new(world.Accounts.ToDictionary(
        static account => account.Key, account => Describe(account.Value, world.StorageOf(account.Key))));

    private static string Describe(in AccountState state, IEnumerable<KeyValuePair<UInt256, UInt256>> slots) =>
        $"nonce {state.Nonce}, balance {state.Balance}, code {state.CodeHash}, storage "
        + string.Join(' ', slots.Where(static slot => !slot.Value.IsZero).OrderBy(static slot => slot.Key)
            .Select(static slot => $"{slot.Key}={slot.Value}"));

    private static UInt256 Number(string? text) =>
        UInt256.TryParse(text, out UInt256 number) ? number : throw new FormatException(text);
}
