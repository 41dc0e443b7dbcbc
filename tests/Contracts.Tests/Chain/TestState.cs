using EnergyChain.Core.Crypto;
using EnergyChain.Core.Numerics;
using EnergyChain.Core.Primitives;
using EnergyChain.Vm.State;

namespace EnergyChain.Contracts.Tests.Chain;

/// <summary>A world state in dictionaries, open to inspection.</summary>
internal sealed class TestState : IStateReader
{
    private readonly Dictionary<Address, AccountState> _accounts = [];
    private readonly Dictionary<(Address Address, UInt256 Key), UInt256> _storage = [];
    private readonly Dictionary<Hash32, ReadOnlyMemory<byte>> _codes = [];

    public System.Numerics.BigInteger TotalBalance => _accounts.Values.Aggregate(
        System.Numerics.BigInteger.Zero,
        (sum, account) => sum + account.Balance.ToBigInteger());

    public bool TryGetAccount(Address address, out AccountState account) =>
        _accounts.TryGetValue(address, out account);

    public UInt256 GetStorage(Address address, in UInt256 key) => _storage.GetValueOrDefault((address, key));

    public ReadOnlyMemory<byte> GetCode(Hash32 codeHash) => _codes.GetValueOrDefault(codeHash);

    public UInt256 BalanceOf(Address address) =>
        _accounts.TryGetValue(address, out AccountState account) ? account.Balance : UInt256.Zero;

    public SortedSet<UInt256> StorageKeys(Address address) =>
        [.. _storage.Keys.Where(slot => slot.Address == address).Select(slot => slot.Key)];

    public void Put(Address address, UInt256 balance, byte[] code)
    {
        Hash32 hash = code.Length == 0 ? AccountState.EmptyCodeHash : Keccak256.Hash(code);
        _codes[hash] = code;
        _accounts[address] = new AccountState(1, balance, hash);
    }

    public void PutStorage(Address address, UInt256 key, UInt256 value) => _storage[(address, key)] = value;

    public void Apply(StateChanges changes)
    {
        foreach (AccountChange change in changes.Accounts)
        {
            if (change.State is AccountState state)
            {
                _accounts[change.Address] = state;
            }
            else
            {
                _accounts.Remove(change.Address);
            }
        }

        foreach (StorageChange change in changes.Storage)
        {
            if (change.Value.IsZero)
            {
                _storage.Remove((change.Address, change.Key));
            }
            else
            {
                _storage[(change.Address, change.Key)] = change.Value;
            }
        }
    }
}
