using EnergyChain.Core.Numerics;
using EnergyChain.Core.Primitives;
using EnergyChain.Vm.State;

namespace EnergyChain.Node.Execution;

/// <summary>
/// The state after the block of one height, whatever blocks come while it is read: each read takes the lock of the
/// live state for itself alone, so that a long computation holds up no block. For one thread.
/// </summary>
/// <param name="live">The live state.</param>
/// <param name="index">The undo sets of the blocks above the height up to a later one; null for none.</param>
/// <param name="indexed">That later height; without an index the height itself.</param>
internal sealed class PastState(LiveState live, UndoIndex? index, Height indexed) : IStateReader
{
    private bool _isLost;

    /// <summary>
    /// False where the height was not, or is no longer, among those that can be read: what was read is then of no use.
    /// </summary>
    public bool IsKept => !_isLost && live.Keeps(indexed);

    public bool TryGetAccount(Address address, out AccountState account)
    {
        AccountState? then = null;
        bool found = index is not null && index.TryFindAccount(address, out then);
        if (!found)
        {
            _isLost |= !live.TryGetAccountAfter(indexed, address, out then);
        }

        account = then.GetValueOrDefault();
        return then is not null;
    }

    public UInt256 GetStorage(Address address, in UInt256 key)
    {
        SlotKey slot = new(address, key);
        if (index is not null && index.TryFindSlot(slot, out UInt256 then))
        {
            return then;
        }

        _isLost |= !live.TryGetStorageAfter(indexed, slot, out then);
        return then;
    }

    public ReadOnlyMemory<byte> GetCode(Hash32 codeHash) => live.GetCode(codeHash);
}
