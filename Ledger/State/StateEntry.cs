using System.Diagnostics;
using EnergyChain.Core.Chain;
using EnergyChain.Core.Codec;
using EnergyChain.Core.Numerics;
using EnergyChain.Core.Primitives;
using EnergyChain.Vm.State;

namespace EnergyChain.Ledger.State;

/// <summary>
/// A piece of a dumped world state: a closed set. The order of a dump is that of <see cref="StateCopy"/>.
/// </summary>
public abstract record StateEntry : IBcsValue<StateEntry>
{
    private const int LastVariant = 2;

    private StateEntry()
    {
    }

    public static StateEntry Decode(ref BcsReader reader) => reader.ReadLength(LastVariant) switch
    {
        0 => new Code(reader.ReadBytes(GenesisAccount.MaxCodeBytes)),
        1 => new Account(
            reader.ReadAddress(), new AccountState(reader.ReadU64(), reader.ReadU256(), reader.ReadHash())),
        _ => new Slot(reader.ReadAddress(), reader.ReadU256(), reader.ReadU256()),
    };

    public void Encode(BcsWriter writer)
    {
        switch (this)
        {
            case Code code:
                writer.WriteLength(0);
                writer.WriteBytes(code.Bytes.Span);
                break;
            case Account account:
                writer.WriteLength(1);
                writer.WriteAddress(account.Address);
                writer.WriteU64(account.State.Nonce);
                writer.WriteU256(account.State.Balance);
                writer.WriteHash(account.State.CodeHash);
                break;
            case Slot slot:
                writer.WriteLength(2);
                writer.WriteAddress(slot.Address);
                writer.WriteU256(slot.Key);
                writer.WriteU256(slot.Value);
                break;
            default:
                throw new UnreachableException();
        }
    }

    /// <summary>Code that an account carries.</summary>
    public sealed record Code(ReadOnlyMemory<byte> Bytes) : StateEntry;

    /// <summary>An account.</summary>
    public sealed record Account(Address Address, AccountState State) : StateEntry;

    /// <summary>A storage word, not zero, of the account before it.</summary>
    public sealed record Slot(Address Address, UInt256 Key, UInt256 Value) : StateEntry;
}
