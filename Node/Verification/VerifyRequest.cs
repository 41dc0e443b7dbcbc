using EnergyChain.Core.Primitives;

namespace EnergyChain.Node.Verification;

/// <summary>What of a chain is to be verified.</summary>
/// <param name="From">The first block; null for the first there is.</param>
/// <param name="To">The last block; null for the last there is.</param>
/// <param name="Executes">Whether blocks are executed, for state and receipts.</param>
internal sealed record VerifyRequest(Height? From = null, Height? To = null, bool Executes = true);
