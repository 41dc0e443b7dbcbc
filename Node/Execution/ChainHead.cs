using EnergyChain.Consensus.Validators;
using EnergyChain.Core.Chain;
using EnergyChain.Core.Primitives;

namespace EnergyChain.Node.Execution;

/// <summary>The last final block and what executing it gave: all that the next header refers to. Immutable.</summary>
/// <param name="Height">Its height; 0 before block 1.</param>
/// <param name="Hash">Its hash; the genesis hash at height 0.</param>
/// <param name="Time">Its time; the genesis time at height 0.</param>
/// <param name="StateRoot">Root of the world state after executing it.</param>
/// <param name="ReceiptsRoot">Merkle root of its receipts' hashes.</param>
/// <param name="GasUsed">Gas that its transactions used.</param>
/// <param name="Council">The council that decides the next height.</param>
/// <param name="Certificate">The certificate that made it final; null at height 0.</param>
/// <param name="Signers">Who signed the certificates inside it and the blocks before.</param>
public sealed record ChainHead(
    Height Height,
    Hash32 Hash,
    BlockTime Time,
    Hash32 StateRoot,
    Hash32 ReceiptsRoot,
    Gas GasUsed,
    Council Council,
    CommitCertificate? Certificate,
    RecentSigners Signers)
{
    /// <summary>Who proposes in the next height.</summary>
    public ProposerSchedule Proposers => new(Height.Next, Council, Signers.Of(Council.Hash));
}
