using EnergyChain.Core.Primitives;

namespace EnergyChain.Node.Network.Joining;

/// <summary>Log lines of joining by a snapshot; event ids 3050 to 3069.</summary>
internal static partial class JoinLog
{
    [LoggerMessage(3050, LogLevel.Information, "Joining by the snapshot of height {Height}: {Chunks} chunks, {Held} "
        + "of them held")]
    public static partial void Begins(ILogger logger, Height height, int chunks, int held);

    [LoggerMessage(3051, LogLevel.Information, "Joined by the snapshot of height {Height}: {Accounts} accounts")]
    public static partial void Joined(ILogger logger, Height height, int accounts);

    [LoggerMessage(3052, LogLevel.Warning, "{Peer} lies about the snapshot: {What}")]
    public static partial void Lie(ILogger logger, PeerId peer, string what);

    [LoggerMessage(3053, LogLevel.Warning, "No peer has block {Height}, which is trusted; without it the node does not "
        + "join by a snapshot")]
    public static partial void NobodyHasTrusted(ILogger logger, Height height);

    [LoggerMessage(3054, LogLevel.Warning, "Block {Height} is of a term that no peer's chain of changes leads to")]
    public static partial void TermUnknown(ILogger logger, Height height);

    [LoggerMessage(3055, LogLevel.Information, "No snapshot to join by; the node joins block by block")]
    public static partial void NoSnapshot(ILogger logger);
}
