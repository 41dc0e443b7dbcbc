using EnergyChain.Core.Numerics;
using EnergyChain.Core.Primitives;
using EnergyChain.Ledger.State;
using EnergyChain.Vm.State;

namespace EnergyChain.Node.Execution;

/// <summary>
/// The world state and the head it belongs to, which change together, and the way back to the states of the recent
/// blocks. Readers never see half a block.
/// </summary>
internal sealed class LiveState(WorldState state, ChainHead head, ChainOptions options) : IDisposable
{
    // Recursive, so that a reader may call another reader.
    private readonly ReaderWriterLockSlim _lock = new(LockRecursionPolicy.SupportsRecursion);
    private readonly StateHistory _history = new(head.Height, options);
    private volatile ChainHead _head = head;

    public ChainHead Head => _head;

    /// <summary>For the one committing thread, which alone changes it.</summary>
    public WorldState State => state;

    /// <summary>The lowest height whose state, after its block, can be read.</summary>
    public Height First => Locked(() => _history.First);

    public T Read<T>(Func<IStateReader, ChainHead, T> read)
    {
        _lock.EnterReadLock();
        try
        {
            return read(state, _head);
        }
        finally
        {
            _lock.ExitReadLock();
        }
    }

    /// <summary>Makes the next block's changes and its head visible at once.</summary>
    public void Publish(StateChanges changes, Func<Hash32, ChainHead> headOf)
    {
        UndoSet undo = UndoSet.Of(_head.Height.Next, state, changes);
        _lock.EnterWriteLock();
        try
        {
            _history.Add(undo);
            state.Apply(changes);
            _head = headOf(state.Root);
        }
        finally
        {
            _lock.ExitWriteLock();
        }
    }

    /// <summary>The state after the block of a height, which stays what it is while blocks come.</summary>
    public PastState After(Height height) => new(this, height);

    /// <summary>Whether the state after the block of this height can be read.</summary>
    public bool Keeps(Height height) => Locked(() => _history.First <= height && height <= _history.Last);

    public bool TryGetAccount(Address address, Height height, out AccountState account)
    {
        _lock.EnterReadLock();
        try
        {
            if (!_history.TryFindAccount(address, height, out AccountState? then))
            {
                return state.TryGetAccount(address, out account);
            }

            account = then.GetValueOrDefault();
            return then is not null;
        }
        finally
        {
            _lock.ExitReadLock();
        }
    }

    public UInt256 GetStorage(Address address, in UInt256 key, Height height)
    {
        _lock.EnterReadLock();
        try
        {
            return _history.TryFindSlot(address, key, height, out UInt256 then)
                ? then
                : state.GetStorage(address, key);
        }
        finally
        {
            _lock.ExitReadLock();
        }
    }

    /// <summary>Code is kept by its hash and for good: it is the same at every height that carries it.</summary>
    public ReadOnlyMemory<byte> GetCode(Hash32 codeHash) => Locked(() => state.GetCode(codeHash));

    public void Dispose() => _lock.Dispose();

    private T Locked<T>(Func<T> read)
    {
        _lock.EnterReadLock();
        try
        {
            return read();
        }
        finally
        {
            _lock.ExitReadLock();
        }
    }
}
