namespace EnergyChain.Node.Telemetry;

/// <summary>
/// What a node's processor time goes to. All that is in no other stage is gossip: sockets, TLS, the API.
/// </summary>
internal enum CpuStage
{
    /// <summary>Signatures of transactions and their way into the pool.</summary>
    Verify,

    /// <summary>Votes, proposals and what is checked of them.</summary>
    Consensus,

    /// <summary>Transactions run, and the state and its tree changed.</summary>
    Execute,

    /// <summary>Blocks, receipts and lookup written.</summary>
    Store,
}
