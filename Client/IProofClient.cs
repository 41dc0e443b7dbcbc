using EnergyChain.Client.Model;
using EnergyChain.Core.Chain;
using EnergyChain.Core.Primitives;
using EnergyChain.Core.Proofs;

namespace EnergyChain.Client;

/// <summary>
/// What a node gives to who does not believe it. Nothing that comes back is checked beyond its form;
/// <see cref="Light.LightClient"/> does that. Bytes that are no such value throw <see cref="NodeClientException"/>.
/// </summary>
public interface IProofClient
{
    /// <summary>A header with its certificate; null for that of the head.</summary>
    Task<CertifiedHeader> GetHeaderAsync(Height? height, CancellationToken cancellationToken);

    /// <summary>Changes of the term in blocks from a height on, ascending, at most 64; fewer are the end.</summary>
    Task<IReadOnlyList<TermLink>> GetTermLinksAsync(Height from, CancellationToken cancellationToken);

    /// <summary>Some of the genesis' canonical bytes from an offset on, and how many there are.</summary>
    Task<GenesisPart> GetGenesisPartAsync(ulong offset, CancellationToken cancellationToken);

    /// <summary>Accounts and slots as they were before the head's block.</summary>
    Task<StateWitness> GetProofAsync(IReadOnlyList<ProofQuery> queries, CancellationToken cancellationToken);

    /// <summary>All that a message looks at, run as the first of the head's block.</summary>
    Task<StateWitness> GetCallProofAsync(CallMessage message, CancellationToken cancellationToken);

    /// <summary>A final transaction and what it did.</summary>
    Task<TransactionProof> GetTransactionProofAsync(Hash32 id, CancellationToken cancellationToken);
}
