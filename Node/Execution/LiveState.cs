using EnergyChain.Core.Numerics;
using EnergyChain.Core.Primitives;
using EnergyChain.Ledger.State;
using EnergyChain.Vm.State;

namespace EnergyChain.Node.Execution;

/// <summary>
/// The world state and the head it belongs to, which change together. Readers never see half a block.
/// </summary>
internal sealed class LiveState(WorldState state, ChainHead head) : IDisposable
{
    // Recursive, so that a reader may call another reader.
    private readonly ReaderWriterLockSlim _lock = new(LockRecursionPolicy.SupportsRecursion);
    private volatile ChainHead _head = head;

    public ChainHead Head => _head;

    /// <summary>For the one committing thread, which alone changes it.</summary>
    public WorldState State => state;

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

    /// <summary>Makes a block's changes and its head visible at once.</summary>
    public void Publish(StateChanges changes, Func<Hash32, ChainHead> headOf)
    {
        _lock.EnterWriteLock();
        try
        {
            state.Apply(changes);
            _head = headOf(state.Root);
        }
        finally
        {
            _lock.ExitWriteLock();
        }
    }

    /// <summary>
    /// A reader that takes the lock for each access only: a long computation over it never holds up a block, and must
    /// be thrown away where <see cref="Head"/> is another one afterwards.
    /// </summary>
    public IStateReader Unlocked() => new StepReader(this);

    public void Dispose() => _lock.Dispose();

    private sealed class StepReader(LiveState live) : IStateReader
    {
        public bool TryGetAccount(Address address, out AccountState account)
        {
            live._lock.EnterReadLock();
            try
            {
                return live.State.TryGetAccount(address, out account);
            }
            finally
            {
                live._lock.ExitReadLock();
            }
        }

        public UInt256 GetStorage(Address address, in UInt256 key)
        {
            live._lock.EnterReadLock();
            try
            {
                return live.State.GetStorage(address, key);
            }
            finally
            {
                live._lock.ExitReadLock();
            }
        }

        public ReadOnlyMemory<byte> GetCode(Hash32 codeHash)
        {
            live._lock.EnterReadLock();
            try
            {
                return live.State.GetCode(codeHash);
            }
            finally
            {
                live._lock.ExitReadLock();
            }
        }
    }
}
