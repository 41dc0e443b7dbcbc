using System.Text.Json;
using EnergyChain.Core.Crypto;
using EnergyChain.Core.Numerics;
using EnergyChain.Core.Primitives;
using EnergyChain.Vm.State;

namespace EnergyChain.StateTests;

/// <summary>The accounts that newer tests give beside the state root: they say where a wrong root comes from.</summary>
internal static class PostState
{
    /// <summary>The first account and field that differs; null when none does or the test gives no accounts.</summary>
    public static string? FindDifference(JsonElement post, MemoryState world)
    {
        if (JsonFields.Find(post, "state") is null)
        {
            return null;
        }

        SortedDictionary<Address, JsonElement> expected = [];
        foreach (JsonProperty account in JsonFields.Properties(post, "state"))
        {
            expected[JsonFields.Address(account.Name)] = account.Value;
        }

        foreach (Address address in expected.Keys.Union(world.Accounts.Keys).Order())
        {
            string? difference = !expected.TryGetValue(address, out JsonElement fields) ? "is too much"
                : !world.Accounts.TryGetValue(address, out AccountState account) ? "is missing"
                : FindDifference(fields, account, world.StorageOf(address));
            if (difference is not null)
            {
                return $"{address} {difference}";
            }
        }

        return null;
    }

    private static string? FindDifference(
        JsonElement expected, AccountState account, IReadOnlyDictionary<UInt256, UInt256> storage)
    {
        ulong nonce = JsonFields.Number64(JsonFields.Field(expected, "nonce"));
        UInt256 balance = JsonFields.Number(JsonFields.Field(expected, "balance"));
        if (account.Nonce != nonce)
        {
            return $"nonce {account.Nonce}, expected {nonce}";
        }

        if (account.Balance != balance)
        {
            return $"balance {account.Balance}, expected {balance}";
        }

        if (account.CodeHash != Keccak256.Hash(JsonFields.Bytes(JsonFields.Field(expected, "code"))))
        {
            return "code";
        }

        SortedDictionary<UInt256, UInt256> slots = [];
        foreach (JsonProperty slot in JsonFields.Properties(expected, "storage"))
        {
            slots[UInt256.TryParse(slot.Name, out UInt256 key) ? key : UInt256.Zero] = JsonFields.Number(slot.Value);
        }

        foreach (UInt256 key in slots.Keys.Union(storage.Keys).Order())
        {
            UInt256 value = storage.GetValueOrDefault(key);
            if (value != slots.GetValueOrDefault(key))
            {
                return $"slot {key} is {value}, expected {slots.GetValueOrDefault(key)}";
            }
        }

        return null;
    }
}
