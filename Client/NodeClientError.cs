namespace EnergyChain.Client;

/// <summary>Why a node gave no answer; each needs something else of the user.</summary>
public enum NodeClientError
{
    /// <summary>No connection, or it broke and retrying did not help.</summary>
    Unreachable,

    /// <summary>The answer did not come in time.</summary>
    TimedOut,

    /// <summary>The node found a field of the request malformed.</summary>
    InvalidRequest,

    /// <summary>What was asked for does not exist.</summary>
    NotFound,

    /// <summary>The node does not keep what was asked for.</summary>
    NotKept,

    /// <summary>The council had the record erased; the message names the decision.</summary>
    Erased,

    /// <summary>The node has too much to do, or the request asks for too much.</summary>
    TooMuch,

    /// <summary>The node failed.</summary>
    NodeFailed,

    /// <summary>The answer is not one that this client understands.</summary>
    BadAnswer,
}
