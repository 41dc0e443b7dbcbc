using System.Diagnostics;

namespace EnergyChain.Processes.Links;

/// <summary>
/// The wires between the nodes of a network: where each listens, by which address one dials another, and how good
/// each direction is. One node's API is always reached directly.
/// </summary>
public interface IFabric : IAsyncDisposable
{
    /// <summary>What it is, for reports.</summary>
    string Name { get; }

    /// <summary>Whether it can delay and limit; every one can cut.</summary>
    bool CanDelay { get; }

    /// <summary>Where a node listens.</summary>
    NodePlace PlaceOf(string node);

    /// <summary>host:port at which one node reaches another.</summary>
    string RouteOf(string dialer, string listener);

    /// <summary>Sets one direction; what is under way already keeps its order.</summary>
    ValueTask SetAsync(string from, string to, LinkQuality quality);

    /// <summary>Puts a node's program to be started where its wires end.</summary>
    ProcessStartInfo Wrap(string node, ProcessStartInfo start);
}
