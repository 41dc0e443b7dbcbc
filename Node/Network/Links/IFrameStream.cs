using EnergyChain.Core.Primitives;
using EnergyChain.Node.Network.Wire;

namespace EnergyChain.Node.Network.Links;

/// <summary>A connection's frames in both directions. One reader and one writer at a time.</summary>
internal interface IFrameStream
{
    /// <summary>The channel, as this end sees it: who relays a handshake makes both ends see another.</summary>
    Hash32 ChannelBinding { get; }

    /// <summary>
    /// The next frame, null where the other side has ended. A read that was given up on goes on and must not be
    /// followed by another.
    /// </summary>
    Task<Frame?> ReadAsync();

    Task WriteAsync(Frame frame);

    /// <summary>Ends our direction and gives the other side a moment to take what was sent.</summary>
    Task FinishAsync(TimeSpan patience);
}
