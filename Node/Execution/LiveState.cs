using EnergyChain.Core;
using EnergyChain.Core.Numerics;
using EnergyChain.Core.Primitives;
using EnergyChain.Core.Proofs;
using EnergyChain.Ledger.State;
using EnergyChain.Vm.State;

namespace EnergyChain.Node.Execution;

/// <summary>
/// The world state and the head it belongs to, which change together, and the way back to the states of the recent
/// blocks. Readers never see half a block.
/// </summary>
internal sealed class LiveState(WorldState state, ChainHead head, ChainOptions options) : IDisposable
{
    // With fewer blocks in between, looking into each is as fast as an index and takes no time to make.
    private const int MinIndexed = 16;

    // Recursive, so that a reader may call another reader.
    private readonly ReaderWriterLockSlim _lock = new(LockRecursionPolicy.SupportsRecursion);
    private readonly StateHistory _history = new(head.Height, options);
    private volatile ChainHead _head = head;

    public ChainHead Head => _head;

    /// <summary>For the one committing thread, which alone changes it.</summary>
    public WorldState State => state;

    /// <summary>The lowest height whose state, after its block, can be read.</summary>
    public Height First => Locked(() => _history.First);

    public T Read<T>(Func<IStateReader, ChainHead, T> read) =>
        Read(read, static (state, head, inner) => inner(state, head));

    /// <summary>The same for a delegate that needs nothing but its argument, so that nothing is allocated.</summary>
    public T Read<TArgument, T>(TArgument argument, Func<IStateReader, ChainHead, TArgument, T> read)
    {
        _lock.EnterReadLock();
        try
        {
            return read(state, _head, argument);
        }
        finally
        {
            _lock.ExitReadLock();
        }
    }

    /// <summary>Makes the next block's changes and its head visible at once.</summary>
    public void Publish(StateChanges changes, Func<Hash32, ChainHead> headOf)
    {
        // Who replays needs no way back, and does not pay for it.
        UndoSet? undo = options.HistoryBlocks == 0 ? null : UndoSet.Of(_head.Height.Next, state, changes);
        _lock.EnterWriteLock();
        try
        {
            if (undo is null)
            {
                _history.Skip();
            }
            else
            {
                _history.Add(undo);
            }

            state.Apply(changes);
            _head = headOf(state.Root);
        }
        finally
        {
            _lock.ExitWriteLock();
        }
    }

    /// <summary>The state after the block of a height, which stays what it is while blocks come.</summary>
    public PastState After(Height height)
    {
        UndoSet[] above = Locked(() => _history.First <= height ? _history.Above(height).ToArray() : [])!;
        return above.Length < MinIndexed
            ? new PastState(this, null, height)
            : new PastState(this, new UndoIndex(above, options.HashSeed), above[^1].Height);
    }

    /// <summary>Whether the state after the block of this height can be read.</summary>
    public bool Keeps(Height height) => Locked(() => _history.First <= height && height <= _history.Last);

    /// <summary>The account after the block of a height, null for none; false where the height is not kept.</summary>
    public bool TryGetAccountAfter(Height height, Address address, out AccountState? then)
    {
        _lock.EnterReadLock();
        try
        {
            then = null;
            if (height < _history.First)
            {
                return false;
            }

            foreach (UndoSet? set in _history.Above(height))
            {
                if (set!.TryFindAccount(address, out then))
                {
                    return true;
                }
            }

            then = state.TryGetAccount(address, out AccountState now) ? now : null;
            return true;
        }
        finally
        {
            _lock.ExitReadLock();
        }
    }

    /// <summary>The slot after the block of a height; false where the height is not kept.</summary>
    public bool TryGetStorageAfter(Height height, SlotKey slot, out UInt256 then)
    {
        _lock.EnterReadLock();
        try
        {
            then = UInt256.Zero;
            if (height < _history.First)
            {
                return false;
            }

            foreach (UndoSet? set in _history.Above(height))
            {
                if (set!.TryFindSlot(slot, out then))
                {
                    return true;
                }
            }

            then = state.GetStorage(slot.Address, slot.Key);
            return true;
        }
        finally
        {
            _lock.ExitReadLock();
        }
    }

    /// <summary>
    /// What accounts and slots held before the head's block, with their paths to the state root in its header: all of
    /// one moment, and of which height's header. Null where the state before the head is not at hand.
    /// </summary>
    /// <remarks>A few microseconds a key, in which a block that becomes final waits to be published.</remarks>
    public (Height Height, IReadOnlyList<StorageProof> Proofs)? ProveBefore(IReadOnlyList<ProofKeys> keys) =>
        Locked<(Height, IReadOnlyList<StorageProof>)?>(() =>
        {
            Height height = _head.Height;
            return height == Height.Genesis || _history.First >= height
                ? null
                : (height, [.. keys.Select(each => ProveBefore(each, height.Previous))]);
        });

    /// <summary>Code is kept by its hash and for good: it is the same at every height that carries it.</summary>
    public ReadOnlyMemory<byte> GetCode(Hash32 codeHash) => Locked(() => state.GetCode(codeHash));

    public void Dispose() => _lock.Dispose();

    private StorageProof ProveBefore(ProofKeys keys, Height before)
    {
        Invariant.Check(TryGetAccountAfter(before, keys.Address, out AccountState? then));
        AccountValue? value = then is { } account
            ? new AccountValue(account.Nonce, account.Balance, account.CodeHash)
            : null;
        return new StorageProof(
            new AccountProof(keys.Address, value, state.ProveAccountBefore(keys.Address)),
            [.. keys.Slots.Select(slot => ProveBefore(keys.Address, slot, before))]);
    }

    private SlotProof ProveBefore(Address address, UInt256 slot, Height before)
    {
        Invariant.Check(TryGetStorageAfter(before, new SlotKey(address, slot), out UInt256 word));
        return new SlotProof(slot, word, state.ProveSlotBefore(address, slot));
    }

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
