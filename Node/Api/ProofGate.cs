namespace EnergyChain.Node.Api;

/// <summary>Lets few proofs be made at once: that of a transaction hashes its whole block.</summary>
internal sealed class ProofGate() : Gate(ApiLimits.MaxConcurrentProofs, "proofs", ApiLimits.MaxWaitingProofs);
