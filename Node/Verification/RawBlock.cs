using EnergyChain.Core.Primitives;

namespace EnergyChain.Node.Verification;

/// <summary>A block's record as it lies in a log or a file.</summary>
/// <param name="Height">The height that it stands for.</param>
/// <param name="Bytes">The canonical bytes of the block with its certificate; null where they cannot be read.</param>
/// <param name="Damage">Why they cannot be read; null where they can.</param>
internal readonly record struct RawBlock(Height Height, byte[]? Bytes, string? Damage = null);
