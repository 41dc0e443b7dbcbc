using EnergyChain.Core.Numerics;
using EnergyChain.Core.Primitives;
using EnergyChain.Vm.State;

namespace EnergyChain.Node.Tests.Fakes;

/// <summary>Accounts without code or storage.</summary>
internal sealed class FakeState : IStateReader
{
    public Dictionary<Address, AccountState> Accounts { get; } = [];

    public bool TryGetAccount(Address address, out AccountState account) =>
        Accounts.TryGetValue(address, out account);

    public UInt256 GetStorage(Address address, in UInt256 key) => UInt256.Zero;

    public ReadOnlyMemory<byte> GetCode(Hash32 codeHash) => default;

    public void Change(Address address, ulong nonces, UInt256 credit, UInt256 debit)
    {
        AccountState old = Accounts.GetValueOrDefault(address);
        Accounts[address] = old with { Nonce = old.Nonce + nonces, Balance = old.Balance + credit - debit };
    }
}
