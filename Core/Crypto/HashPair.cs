using EnergyChain.Core.Primitives;

namespace EnergyChain.Core.Crypto;

/// <summary>
/// Two hashes side by side, as a node of a Merkle tree hashes them: the children of an inner node, or the hash of a
/// key and that of its value. Eight words in a row in memory, which <see cref="Blake2bLanes"/> relies on.
/// </summary>
public readonly record struct HashPair(Hash32 Left, Hash32 Right);
