using EnergyChain.Core.Numerics;
using EnergyChain.Core.Primitives;
using EnergyChain.Vm.State;

namespace EnergyChain.Node.Execution;

/// <summary>Reads a state for a call and remembers what was looked at. For one thread.</summary>
internal sealed class StateRecorder(IStateReader state) : IStateReader
{
    private readonly SortedDictionary<Address, SortedSet<UInt256>> _read = [];

    /// <summary>All that was looked at, whether it was there or not, in ascending order.</summary>
    public IReadOnlyList<ProofKeys> Keys =>
        [.. _read.Select(static account => new ProofKeys(account.Key, [.. account.Value]))];

    public bool TryGetAccount(Address address, out AccountState account)
    {
        _ = SlotsOf(address);
        return state.TryGetAccount(address, out account);
    }

    public UInt256 GetStorage(Address address, in UInt256 key)
    {
        SlotsOf(address).Add(key);
        return state.GetStorage(address, key);
    }

    // Code is proven by its hash, which stands in the account.
    public ReadOnlyMemory<byte> GetCode(Hash32 codeHash) => state.GetCode(codeHash);

    private SortedSet<UInt256> SlotsOf(Address address)
    {
        if (!_read.TryGetValue(address, out SortedSet<UInt256>? slots))
        {
            slots = [];
            _read.Add(address, slots);
        }

        return slots;
    }
}
