namespace EnergyChain.Processes.Links;

/// <summary>Where a node listens.</summary>
/// <param name="PeerListen">ip:port for links.</param>
/// <param name="ApiListen">ip:port for its API.</param>
/// <param name="Api">The API as a client here reaches it.</param>
public sealed record NodePlace(string PeerListen, string ApiListen, Uri Api);
