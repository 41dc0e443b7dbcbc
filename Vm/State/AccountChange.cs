using EnergyChain.Core.Primitives;

namespace EnergyChain.Vm.State;

/// <summary>What a block made of one account.</summary>
/// <param name="Address">The account.</param>
/// <param name="State">Its new state; null when it is deleted.</param>
/// <param name="WipesStorage">
/// All storage that the account had before the block goes first; the block's storage changes apply after. Always
/// true for a deleted account.
/// </param>
public readonly record struct AccountChange(Address Address, AccountState? State, bool WipesStorage);
