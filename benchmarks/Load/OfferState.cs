namespace EnergyChain.Benchmarks.Load;

/// <summary>What became of a transaction that was offered.</summary>
internal enum OfferState : byte
{
    NotOffered,

    /// <summary>The call failed without an answer.</summary>
    Unknown,

    Accepted,
    Refused,
}
