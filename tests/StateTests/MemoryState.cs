using EnergyChain.Core.Crypto;
using EnergyChain.Core.Numerics;
using EnergyChain.Core.Primitives;
using EnergyChain.StateTests.Trie;
using EnergyChain.Vm.State;

namespace EnergyChain.StateTests;

/// <summary>A world state in dictionaries, with Ethereum's state root.</summary>
public sealed class MemoryState : IStateReader
{
    private readonly Dictionary<Address, AccountState> _accounts = [];
    private readonly Dictionary<Address, Dictionary<UInt256, UInt256>> _storage = [];
    private readonly Dictionary<Hash32, ReadOnlyMemory<byte>> _codes = [];

    /// <summary>All accounts that exist.</summary>
    public IReadOnlyDictionary<Address, AccountState> Accounts => _accounts;

    public bool TryGetAccount(Address address, out AccountState account) => _accounts.TryGetValue(address, out account);

    public UInt256 GetStorage(Address address, in UInt256 key) =>
        _storage.TryGetValue(address, out Dictionary<UInt256, UInt256>? slots) ? slots.GetValueOrDefault(key) : default;

    public bool HasStorage(Address address) => _storage.TryGetValue(address, out var slots) && slots.Count > 0;

    /// <summary>The slots of an account that are not zero.</summary>
    public IReadOnlyDictionary<UInt256, UInt256> StorageOf(Address address) =>
        _storage.GetValueOrDefault(address, []);

    public ReadOnlyMemory<byte> GetCode(Hash32 codeHash) => _codes.GetValueOrDefault(codeHash);

    /// <summary>Adds or replaces an account with its code.</summary>
    public void SetAccount(Address address, ulong nonce, in UInt256 balance, ReadOnlyMemory<byte> code)
    {
        Hash32 hash = Keccak256.Hash(code.Span);
        _codes[hash] = code;
        _accounts[address] = new AccountState(nonce, balance, hash);
    }

    /// <summary>Sets a slot; zero deletes it.</summary>
    public void SetStorage(Address address, in UInt256 key, in UInt256 value)
    {
        if (!_storage.TryGetValue(address, out Dictionary<UInt256, UInt256>? slots))
        {
            _storage[address] = slots = [];
        }

        if (value.IsZero)
        {
            slots.Remove(key);
        }
        else
        {
            slots[key] = value;
        }
    }

    public void Apply(StateChanges changes)
    {
        foreach (CodeChange code in changes.Codes)
        {
            _codes[code.CodeHash] = code.Code;
        }

        foreach (AccountChange account in changes.Accounts)
        {
            if (account.WipesStorage)
            {
                _storage.Remove(account.Address);
            }

            if (account.State is AccountState state)
            {
                _accounts[account.Address] = state;
            }
            else
            {
                _accounts.Remove(account.Address);
            }
        }

        foreach (StorageChange slot in changes.Storage)
        {
            SetStorage(slot.Address, slot.Key, slot.Value);
        }
    }

    /// <summary>The root of the account trie (Yellow Paper, 4.1).</summary>
    public Hash32 Root() => MerklePatriciaTrie.Root(_accounts.Select(account => KeyValuePair.Create(
        account.Key.ToArray(),
        Rlp.List(
            Rlp.Number(account.Value.Nonce),
            Rlp.Number(account.Value.Balance),
            Rlp.String(StorageRoot(account.Key).ToArray()),
            Rlp.String(account.Value.CodeHash.ToArray())))));

    private Hash32 StorageRoot(Address address) => MerklePatriciaTrie.Root(
        _storage.GetValueOrDefault(address, []).Select(static slot =>
        {
            byte[] key = new byte[32];
            slot.Key.WriteBigEndian(key);
            return KeyValuePair.Create(key, Rlp.Number(slot.Value));
        }));
}
