using EnergyChain.Core;
using EnergyChain.Core.Numerics;
using EnergyChain.Core.Primitives;
using EnergyChain.Vm.State;

namespace EnergyChain.Node.Pool;

/// <summary>
/// An account that waiting transactions name as sender or as gas payer: its own by nonce, and what all of them may
/// cost it. Not thread-safe.
/// </summary>
internal sealed class PoolAccount(Address address)
{
    private int _selection;

    public Address Address => address;

    /// <summary>Its waiting transactions; null where it has none.</summary>
    public SenderQueue? Queue { get; set; }

    /// <summary>How many wait that it has sent.</summary>
    public int Count => Queue?.Count ?? 0;

    /// <summary>
    /// What the waiting transactions may cost it at most, in base units. It never pledges more than it has, so that
    /// the sum fits.
    /// </summary>
    public UInt256 Pledged { get; private set; }

    /// <summary>How many entries name it, as sender or as payer.</summary>
    public int Uses { get; set; }

    /// <summary>Base units that are left to it in the selection that <see cref="Enter"/> named.</summary>
    public UInt256 Left { get; set; }

    /// <summary>Whether the account can pay so much beside what it has pledged.</summary>
    public bool CanPledge(in UInt256 amount, in UInt256 balance) =>
        !UInt256.AddOverflows(Pledged, amount, out UInt256 sum) && sum <= balance;

    public void Pledge(in UInt256 amount)
    {
        Invariant.Check(!UInt256.AddOverflows(Pledged, amount, out UInt256 sum));
        Pledged = sum;
    }

    public void Release(in UInt256 amount)
    {
        Invariant.Check(!UInt256.SubtractUnderflows(Pledged, amount, out UInt256 rest));
        Pledged = rest;
    }

    /// <summary>
    /// Takes the account into a selection, where it is not in it yet: what is left to it then is what the state says.
    /// </summary>
    /// <returns>Its next nonce in the state where it was taken in now, else 0.</returns>
    public ulong Enter(int selection, IStateReader state)
    {
        if (_selection == selection)
        {
            return 0;
        }

        _selection = selection;
        AccountState account = state.TryGetAccount(address, out AccountState found) ? found : default;
        Left = account.Balance;
        return account.Nonce;
    }
}
