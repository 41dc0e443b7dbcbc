using EnergyChain.Core.Primitives;
using EnergyChain.StateTests;

namespace EnergyChain.Vm.Tests.Fuzzing;

/// <summary>Accounts, and transactions of one sender on them, in one block.</summary>
/// <param name="Seed">What it was generated from.</param>
/// <param name="Sender">Who signs; not among the accounts.</param>
/// <param name="Accounts">All that have code.</param>
/// <param name="Transactions">In order.</param>
internal sealed record Scenario(
    int Seed,
    Address Sender,
    IReadOnlyList<ScenarioAccount> Accounts,
    IReadOnlyList<EthereumTransaction> Transactions)
{
    public static ulong SenderBalance => 1UL << 60;

    /// <summary>Puts the accounts into a world.</summary>
    public void AddTo(MemoryState world)
    {
        world.SetAccount(Sender, 0, SenderBalance, default);
        foreach (ScenarioAccount account in Accounts)
        {
            world.SetAccount(account.Address, 1, account.Balance, account.Code);
            foreach ((ulong key, ulong value) in account.Storage)
            {
                world.SetStorage(account.Address, key, value);
            }
        }
    }
}
