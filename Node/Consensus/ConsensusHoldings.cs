namespace EnergyChain.Node.Consensus;

/// <summary>How much of each kind consensus holds in memory.</summary>
/// <param name="Timers">Timers that wait.</param>
/// <param name="Proposals">Proposals of the height.</param>
/// <param name="Bodies">Transactions of blocks proposed in the height.</param>
/// <param name="NextHeightMessages">Unverified messages of the height after.</param>
/// <param name="EvidenceWaiting">Pieces that wait for a block.</param>
/// <param name="EvidenceIncluded">Offences remembered as included.</param>
internal readonly record struct ConsensusHoldings(
    int Timers, int Proposals, int Bodies, int NextHeightMessages, int EvidenceWaiting, int EvidenceIncluded);
