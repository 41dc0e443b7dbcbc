using System.Numerics;
using EnergyChain.Contracts;
using EnergyChain.Core.Primitives;
using EnergyChain.Node.Devnet.Report;
using EnergyChain.Node.Execution;
using EnergyChain.Node.Site;
using EnergyChain.Vm.State;

namespace EnergyChain.Node.Devnet;

/// <summary>
/// Adds up all coin of a chain. Every account that could hold any is among those of the run's history.
/// </summary>
public sealed class SupplyReader(IChain chain)
{
    private readonly ContractReader _contracts = new(chain);
    private Address? _gridAccount;

    /// <summary>Takes the sums at one head.</summary>
    /// <param name="known">Accounts of the history; the market's grid account is added.</param>
    public SupplySnapshot Take(IReadOnlyCollection<Address> known)
    {
        // It is paid without ever sending a transaction or standing in an event.
        _gridAccount ??=
            _contracts.Ask(EnergyMarketContract.Address, EnergyMarketContract.Parameters()).GridAccount;
        HashSet<Address> accounts = [.. known, _gridAccount.Value];
        while (true)
        {
            Height before = chain.Head.Height;
            BigInteger balances = chain.Read((state, _) => Sum(state, accounts));
            BigInteger market = chain.Read((state, _) => Sum(state, [EnergyMarketContract.Address]));
            BigInteger reserve =
                _contracts.Ask(MeterRegistryContract.Address, MeterRegistryContract.Reserve()).ToBigInteger();
            BigInteger escrow =
                _contracts.Ask(EnergyMarketContract.Address, EnergyMarketContract.EscrowHeld()).ToBigInteger();
            BigInteger collateral =
                _contracts.Ask(EnergyMarketContract.Address, EnergyMarketContract.CollateralHeld()).ToBigInteger();
            if (chain.Head.Height == before)
            {
                return new SupplySnapshot(before, balances - reserve, escrow, collateral, market);
            }
        }
    }

    private static BigInteger Sum(IStateReader state, IReadOnlyCollection<Address> accounts) =>
        accounts.Aggregate(BigInteger.Zero, (sum, address) =>
            sum + (state.TryGetAccount(address, out AccountState account)
                ? account.Balance.ToBigInteger()
                : BigInteger.Zero));
}
