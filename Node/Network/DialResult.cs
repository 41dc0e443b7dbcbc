namespace EnergyChain.Node.Network;

/// <summary>How a dial ended, after the link's life where there was one.</summary>
/// <param name="Reason">Why it failed or ended.</param>
/// <param name="WasLinked">Whether the link came up.</param>
/// <param name="Peer">Who answered, as far as it said.</param>
internal readonly record struct DialResult(DisconnectReason Reason, bool WasLinked, PeerId? Peer);
