using CsCheck;
using EnergyChain.Core.Crypto;
using EnergyChain.Core.Primitives;
using EnergyChain.Vm.State;

namespace EnergyChain.Ledger.Tests.State;

/// <summary>Random blocks of changes over few accounts and slots, so that they meet again and again.</summary>
internal static class StateGen
{
    private static readonly Gen<Address> Address =
        Gen.UInt[1, 4].Select(EnergyChain.Core.Primitives.Address.FromNumber);

    private static readonly Gen<AccountChange> Account =
        Gen.Select(Address, Gen.Int[0, 9], Gen.ULong[0, 3], Gen.ULong[1, 9], Gen.Byte[0, 2], ToAccountChange);

    private static readonly Gen<StorageChange> Slot =
        Gen.Select(Address, Gen.ULong[0, 3], Gen.ULong[0, 2], (address, key, value) =>
            new StorageChange(address, key, value));

    public static Gen<StateChanges> Changes { get; } =
        Gen.Select(Account.Array[0, 4], Slot.Array[0, 8], ToChanges);

    public static byte[] CodeOf(byte number) => [0x60, number];

    private static AccountChange ToAccountChange(Address address, int kind, ulong nonce, ulong balance, byte code)
    {
        Hash32 codeHash = code == 0 ? AccountState.EmptyCodeHash : Keccak256.Hash(CodeOf(code));
        AccountState state = new(nonce, balance, codeHash);
        return kind switch
        {
            0 => new AccountChange(address, null, WipesStorage: true),
            1 => new AccountChange(address, state, WipesStorage: true),
            _ => new AccountChange(address, state, WipesStorage: false),
        };
    }

    // As the overlay hands them out: sorted, each once, and no storage for an account that the block deletes.
    private static StateChanges ToChanges(AccountChange[] accounts, StorageChange[] slots)
    {
        AccountChange[] distinct =
            [.. accounts.DistinctBy(change => change.Address).OrderBy(change => change.Address)];
        Address[] deleted = [.. distinct.Where(change => change.State is null).Select(change => change.Address)];
        StorageChange[] storage =
        [
            .. slots.Where(slot => !deleted.Contains(slot.Address))
                .DistinctBy(slot => (slot.Address, slot.Key))
                .OrderBy(slot => slot.Address)
                .ThenBy(slot => slot.Key),
        ];
        CodeChange[] codes = [.. new byte[] { 1, 2 }.Select(n => new CodeChange(Keccak256.Hash(CodeOf(n)), CodeOf(n)))];
        return new StateChanges(distinct, storage, codes);
    }
}
