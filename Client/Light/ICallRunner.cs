using EnergyChain.Client.Model;
using EnergyChain.Core.Chain;
using EnergyChain.Core.Primitives;
using EnergyChain.Core.Proofs;

namespace EnergyChain.Client.Light;

/// <summary>
/// Runs a message on what is proven of a state: a virtual machine, which is not the client's to bring.
/// </summary>
public interface ICallRunner
{
    /// <param name="message">What to run; it has a gas limit.</param>
    /// <param name="witness">Proven; its header is the block that the message takes itself to be in.</param>
    /// <param name="parameters">Those in force in that block.</param>
    /// <param name="code">Code by its Keccak-256, of every account of the witness that has any.</param>
    /// <exception cref="ProofException">It looks at something that the witness leaves out.</exception>
    CallResult Run(
        CallMessage message,
        StateWitness witness,
        ChainParameters parameters,
        IReadOnlyDictionary<Hash32, ReadOnlyMemory<byte>> code);
}
