using EnergyChain.Core.Numerics;
using EnergyChain.Core.Primitives;

namespace EnergyChain.Vm.State;

/// <summary>
/// An account inside an overlay. A stamp equal to the overlay's transaction number means that the property holds in
/// the running transaction, so nothing has to be cleared when one ends.
/// </summary>
internal sealed class AccountEntry(int index)
{
    public const int NoSlot = -1;

    public int Index { get; } = index;

    public Address Address;

    /// <summary>As the reader has it.</summary>
    public AccountState Before;
    public bool ExistedBefore;

    public bool Exists;
    public ulong Nonce;
    public UInt256 Balance;
    public Hash32 CodeHash;

    public uint WarmStamp;
    public uint TouchedStamp;
    public uint CreatedStamp;
    public uint DestructedStamp;

    /// <summary>The reader's storage of this account is gone: slots not in the overlay are zero.</summary>
    public bool StorageWiped;

    /// <summary>Head of the list of this account's slots, <see cref="NoSlot"/> for none.</summary>
    public int FirstSlot;

    public AccountState State => new(Nonce, Balance, CodeHash);

    public bool HasCode => CodeHash != AccountState.EmptyCodeHash;

    public bool IsEmpty => Nonce == 0 && Balance.IsZero && !HasCode;

    public void Load(Address address, bool exists, in AccountState state)
    {
        Address = address;
        ExistedBefore = exists;
        Before = state;
        Exists = exists;
        SetState(state);
        WarmStamp = 0;
        TouchedStamp = 0;
        CreatedStamp = 0;
        DestructedStamp = 0;
        StorageWiped = false;
        FirstSlot = NoSlot;
    }

    public void SetState(in AccountState state)
    {
        Nonce = state.Nonce;
        Balance = state.Balance;
        CodeHash = state.CodeHash;
    }
}
