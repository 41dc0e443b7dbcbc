using EnergyChain.Core.Chain;
using EnergyChain.Core.Primitives;

namespace EnergyChain.Node.Verification;

/// <summary>What checking a block apart from its place in the chain gave.</summary>
/// <param name="Height">The height that it was read for.</param>
/// <param name="Bytes">Bytes of its record.</param>
/// <param name="Block">The block; null where the record is no block.</param>
/// <param name="CertifiedBy">
/// Hash of the term by which the certificate was looked at already; null where that term was not known then.
/// </param>
/// <param name="CertificateFault">What that showed.</param>
/// <param name="Fault">What is wrong with record, contents or transactions; null for nothing.</param>
internal sealed record CheckedBlock(
    Height Height,
    int Bytes,
    CommittedBlock? Block,
    Hash32? CertifiedBy,
    ChainFault? CertificateFault,
    ChainFault? Fault)
{
    /// <summary>Transactions whose memo was signed and is gone.</summary>
    public int ErasedMemos { get; init; }
}
