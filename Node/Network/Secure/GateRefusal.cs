namespace EnergyChain.Node.Network.Secure;

/// <summary>Why a connection was ended before a link came of it, or for what no link does.</summary>
internal enum GateRefusal
{
    /// <summary>Its host has as many connections as one may have.</summary>
    TooManyOfHost,

    /// <summary>A newer stranger needed its place.</summary>
    GaveWay,

    /// <summary>No node key was proven in time.</summary>
    TooSlow,

    /// <summary>More bytes than a handshake needs, and no node key proven.</summary>
    TooManyBytes,

    /// <summary>It speaks no TLS.</summary>
    Cleartext,

    /// <summary>More than one stream.</summary>
    TooManyStreams,

    /// <summary>The host is banned.</summary>
    Banned,
}
