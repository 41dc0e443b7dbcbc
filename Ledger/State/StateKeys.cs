using EnergyChain.Core.Numerics;
using EnergyChain.Core.Primitives;
using EnergyChain.Core.Proofs;
using EnergyChain.Vm.State;

namespace EnergyChain.Ledger.State;

/// <summary>Keys and values of the state tree by the types of the Vm; see <see cref="StateLeaf"/>.</summary>
public static class StateKeys
{
    public static Hash32 OfAccount(Address address) => StateLeaf.KeyOfAccount(address);

    public static Hash32 OfSlot(Address address, in UInt256 slot) => StateLeaf.KeyOfSlot(address, slot);

    public static Hash32 ValueOf(in AccountState account) =>
        new AccountValue(account.Nonce, account.Balance, account.CodeHash).Hash;

    public static Hash32 ValueOf(in UInt256 word) => StateLeaf.HashOfWord(word);
}
