using System.Net;
using EnergyChain.Core.Primitives;
using EnergyChain.Node.Execution;
using EnergyChain.Node.Network.Secure;
using EnergyChain.Node.Network.Sync;

namespace EnergyChain.Node.Network;

/// <summary>The log of the network room: event ids 3000 to 3099.</summary>
internal static partial class NetworkLog
{
    [LoggerMessage(3000, LogLevel.Information, "Linked to {Peer} at {Address} as {Role}, height {Height}")]
    public static partial void Linked(this ILogger logger, PeerId peer, string address, PeerRole role, Height height);

    [LoggerMessage(3001, LogLevel.Information, "Link to {Peer} at {Address} ended: {Reason}")]
    public static partial void LinkEnded(this ILogger logger, PeerId peer, string address, DisconnectReason reason);

    [LoggerMessage(3002, LogLevel.Warning, "Refused {Address}: {Reason}. {Sentence}")]
    public static partial void HandshakeRefused(
        this ILogger logger, string address, DisconnectReason reason, string sentence);

    [LoggerMessage(3003, LogLevel.Warning, "{Address} refuses this node: {Reason}. {Sentence}")]
    public static partial void RefusedByPeer(
        this ILogger logger, string address, DisconnectReason reason, string sentence);

    [LoggerMessage(3004, LogLevel.Information, "{Peer} at {Address} says goodbye: {Sentence}")]
    public static partial void PeerSaysGoodbye(this ILogger logger, PeerId peer, string address, string sentence);

    [LoggerMessage(3005, LogLevel.Debug, "{Address} cannot be linked to now: {Reason}")]
    public static partial void DialFailed(this ILogger logger, string address, DisconnectReason reason);

    [LoggerMessage(3010, LogLevel.Information, "Catching up from {Head} to {Target} with {Peers} peers")]
    public static partial void CatchingUp(this ILogger logger, Height head, Height target, int peers);

    [LoggerMessage(3011, LogLevel.Information, "Caught up at {Head}")]
    public static partial void CaughtUp(this ILogger logger, Height head);

    [LoggerMessage(3012, LogLevel.Warning, "{Peer} lies about blocks, at {Height}: {Fault} ({Verdict})")]
    public static partial void SyncLie(
        this ILogger logger, PeerId peer, Height height, SyncFault fault, BlockVerdict verdict);

    [LoggerMessage(3013, LogLevel.Warning, "{Peer} did not answer for blocks from {Height}: {Fault}")]
    public static partial void RangeFailed(this ILogger logger, PeerId peer, Height height, SyncFault fault);

    [LoggerMessage(3014, LogLevel.Critical, "Final block {Height} cannot be committed: {Outcome}. The node stops")]
    public static partial void CommitFailed(this ILogger logger, Height height, CommitOutcome outcome);

    [LoggerMessage(
        3015, LogLevel.Information, "Block {Height} was fetched from {Peer} and replaces the damaged record")]
    public static partial void BlockMended(this ILogger logger, Height height, PeerId peer);

    [LoggerMessage(
        3016, LogLevel.Warning, "No peer of {Peers} has given the damaged block {Height} yet; the node goes on asking")]
    public static partial void NobodyHasBlock(this ILogger logger, int peers, Height height);

    [LoggerMessage(3020, LogLevel.Debug, "Bodies of {BlockHash}: {Missing} still missing after every attempt")]
    public static partial void BodiesMissing(this ILogger logger, Hash32 blockHash, int missing);

    [LoggerMessage(3021, LogLevel.Error, "Transaction {Id} from {Peer} could not be checked")]
    public static partial void TransactionFailed(this ILogger logger, Hash32 id, PeerId peer, Exception failure);

    [LoggerMessage(
        3030, LogLevel.Warning, "{Address} speaks no TLS on the peer port and is refused; it begins with \"{Text}\"")]
    public static partial void Cleartext(this ILogger logger, IPAddress address, string text);

    [LoggerMessage(3031, LogLevel.Debug, "A connection of {Address} is ended: {Refusal}")]
    public static partial void ConnectionRefused(this ILogger logger, IPAddress address, GateRefusal refusal);

    [LoggerMessage(3040, LogLevel.Warning, "{Subject} is banned until {Until:u}: {Reason}")]
    public static partial void PeerBanned(this ILogger logger, string subject, DateTimeOffset until, string reason);

    [LoggerMessage(
        3041, LogLevel.Warning, "Council member {Peer} misbehaves ({Offence}, score {Score}) and is read more slowly")]
    public static partial void MemberMisbehaves(this ILogger logger, PeerId peer, PeerOffence offence, int score);

    [LoggerMessage(3042, LogLevel.Information, "{Subject} is pardoned by the operator")]
    public static partial void Pardoned(this ILogger logger, string subject);

    [LoggerMessage(3043, LogLevel.Warning, "{Path} is damaged and counts as empty")]
    public static partial void StateFileDamaged(this ILogger logger, string path);

    [LoggerMessage(3044, LogLevel.Warning, "{Path} cannot be read or written: {Problem}")]
    public static partial void StateFileFailed(this ILogger logger, string path, string problem);

    [LoggerMessage(3045, LogLevel.Error, "A frame of {Peer} at {Address} could not be handled")]
    public static partial void FrameFailed(this ILogger logger, PeerId peer, string address, Exception failure);
}
