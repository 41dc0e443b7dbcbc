using EnergyChain.Core.Primitives;
using EnergyChain.Node.Network.Links;

namespace EnergyChain.Node.Network.Handshaking;

/// <summary>
/// Nonces of recent handshakes. A replay fails anyway, as the signature covers the other side's fresh nonce; this
/// tells it apart and spares the work. Thread-safe.
/// </summary>
internal sealed class NonceMemory
{
    private const int Remembered = 4_096;

    private readonly KnownSet _seen = new(Remembered);

    /// <summary>False where the nonce was seen before.</summary>
    public bool TryUse(Hash32 nonce) => _seen.Add(nonce);
}
