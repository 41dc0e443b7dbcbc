using EnergyChain.Core.Codec;
using EnergyChain.Core.Crypto;
using EnergyChain.Core.Primitives;

namespace EnergyChain.Core.Chain;

/// <summary>
/// What is in force at a height: who decides it and by which parameters. Headers carry its hash and that of the next
/// height's, so the council of a height signs for its successor. Immutable; equal where the hash is.
/// </summary>
public sealed class Term(Council council, ChainParameters parameters) : IBcsValue<Term>
{
    private Hash32? _hash;

    public Council Council { get; } = council;

    public ChainParameters Parameters { get; } = parameters;

    /// <summary>BLAKE2b-256 of the canonical bytes, as headers carry it.</summary>
    public Hash32 Hash => _hash ??= Blake2b.Hash(Bcs.Encode(this));

    public static Term Decode(ref BcsReader reader)
    {
        Council council = Council.Decode(ref reader);
        if (council.Count == 0)
        {
            reader.Fail(DecodeError.Inconsistent);
        }

        return new Term(council, ChainParameters.Decode(ref reader));
    }

    public void Encode(BcsWriter writer)
    {
        Council.Encode(writer);
        Parameters.Encode(writer);
    }
}
