using System.Diagnostics.CodeAnalysis;
using EnergyChain.Core.Numerics;
using EnergyChain.Core.Primitives;
using EnergyChain.Ledger.State;
using EnergyChain.Vm.State;

namespace EnergyChain.Node.Execution;

/// <summary>
/// Undo sets laid over each other: what each key held before the first of the blocks that changed it. Made for one
/// trace, of a state that lies many blocks back; it takes about as much memory as the sets.
/// </summary>
internal sealed class UndoIndex
{
    private readonly Dictionary<Address, AccountState?> _accounts;
    private readonly Dictionary<SlotKey, UInt256> _slots;

    /// <param name="sets">By ascending height.</param>
    /// <param name="hashSeed">A number that outsiders do not know; see <see cref="SlotKeyComparer"/>.</param>
    public UndoIndex(IReadOnlyList<UndoSet> sets, ulong hashSeed)
    {
        _accounts = new Dictionary<Address, AccountState?>(new AddressComparer(hashSeed));
        _slots = new Dictionary<SlotKey, UInt256>(new Comparer(hashSeed));
        foreach (UndoSet set in sets)
        {
            foreach ((Address address, AccountState? before) in set.Accounts)
            {
                _accounts.TryAdd(address, before);
            }

            foreach ((SlotKey key, UInt256 before) in set.Slots)
            {
                _slots.TryAdd(key, before);
            }
        }
    }

    public bool TryFindAccount(Address address, out AccountState? before) =>
        _accounts.TryGetValue(address, out before);

    public bool TryFindSlot(SlotKey key, out UInt256 before) => _slots.TryGetValue(key, out before);

    private sealed class Comparer(ulong hashSeed) : IEqualityComparer<SlotKey>
    {
        private readonly AddressComparer _addresses = new(hashSeed);
        private readonly SlotKeyComparer _keys = new(hashSeed);

        public bool Equals(SlotKey x, SlotKey y) => x == y;

        public int GetHashCode([DisallowNull] SlotKey obj) =>
            _keys.GetHashCode(obj.Key) ^ _addresses.GetHashCode(obj.Address);
    }
}
