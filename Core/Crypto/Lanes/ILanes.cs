using EnergyChain.Core.Primitives;

namespace EnergyChain.Core.Crypto.Lanes;

/// <summary>
/// Words of several hashes side by side in one vector of the processor, one lane for each hash: what BLAKE2b does with
/// words, done with all of them at once. Sums wrap.
/// </summary>
internal interface ILanes<TVector>
    where TVector : unmanaged
{
    /// <summary>Hashes side by side.</summary>
    static abstract int Count { get; }

    /// <summary>The same word in all lanes.</summary>
    static abstract TVector Repeat(ulong word);

    static abstract TVector Add(TVector left, TVector right);

    static abstract TVector Xor(TVector left, TVector right);

    /// <summary>The words of bytes that stand one place later: each takes in the last byte of the one before.</summary>
    static abstract TVector MoveByte(TVector before, TVector word);

    static abstract TVector TurnRight32(TVector words);

    static abstract TVector TurnRight24(TVector words);

    static abstract TVector TurnRight16(TVector words);

    static abstract TVector TurnRight63(TVector words);

    /// <summary>
    /// Reads the eight words of one pair a lane, as little-endian words of their bytes: the first words of all pairs
    /// come to the first vector, and so on.
    /// </summary>
    static abstract void Load(ReadOnlySpan<HashPair> pairs, Span<TVector> words);

    /// <summary>The reverse, for hashes of four words.</summary>
    static abstract void Store(TVector word0, TVector word1, TVector word2, TVector word3, Span<Hash32> hashes);
}
