namespace EnergyChain.Vm.State;

/// <summary>What a journal entry undoes.</summary>
internal enum JournalKind
{
    Balance,
    Nonce,
    CodeHash,
    Existence,
    Storage,
    Transient,
    WarmAccount,
    WarmSlot,
    Touch,
    Create,
    Destruct,
}
