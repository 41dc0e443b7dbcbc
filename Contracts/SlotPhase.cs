namespace EnergyChain.Contracts;

/// <summary>How far a slot is.</summary>
public enum SlotPhase : byte
{
    /// <summary>Orders are taken.</summary>
    Open = 0,

    /// <summary>Orders are closed; nobody called clear, or there is no book.</summary>
    GateClosed = 1,

    /// <summary>Trades stand and wait for settlement.</summary>
    Cleared = 2,

    /// <summary>Nothing of the slot is stored any more.</summary>
    Settled = 3,
}
