namespace EnergyChain.Vm.State;

/// <summary>
/// Everything that a block changed, in an order that depends on nothing but the content: accounts by address,
/// storage by address and key, code by hash.
/// </summary>
public sealed record StateChanges(
    IReadOnlyList<AccountChange> Accounts,
    IReadOnlyList<StorageChange> Storage,
    IReadOnlyList<CodeChange> Codes);
