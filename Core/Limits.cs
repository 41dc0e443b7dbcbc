namespace EnergyChain.Core;

/// <summary>
/// Every bound of the protocol by name. A queue, message, list or loop without a name here has no place.
/// </summary>
public static class Limits
{
    /// <summary>Bytes of one encoded transaction, memo included.</summary>
    public const int MaxTransactionBytes = 128 * 1024;

    /// <summary>Bytes of a detached memo.</summary>
    public const int MaxMemoBytes = 4 * 1024;

    /// <summary>Bytes of call data or init code in a transaction body.</summary>
    public const int MaxTransactionDataBytes = 120 * 1024;

    /// <summary>Bytes of one encoded block.</summary>
    public const int MaxBlockBytes = 10 * 1024 * 1024;

    /// <summary>Transactions in one block.</summary>
    public const int MaxBlockTransactions = 50_000;

    /// <summary>Pieces of evidence in one block.</summary>
    public const int MaxBlockEvidence = 16;

    /// <summary>Blocks after an offence in which its evidence may still be included.</summary>
    public const ulong MaxEvidenceAgeBlocks = 100;

    /// <summary>Bytes of a block that its transactions leave to header, certificate and evidence.</summary>
    public const int BlockOverheadBytes = 64 * 1024;

    /// <summary>Messages of peers that wait for the consensus loop.</summary>
    public const int MaxConsensusQueue = 4_096;

    /// <summary>Requests for missing transactions of one proposal before they become rare.</summary>
    public const int MaxBodyRequests = 20;

    /// <summary>Blocks whose certificates tell which members take turns as proposers.</summary>
    public const int MaxSignerBlocks = 8;

    /// <summary>Members of the council.</summary>
    public const int MaxCouncilMembers = 128;

    /// <summary>Terms that are kept in memory and in checkpoints, the newest.</summary>
    public const int MaxKnownTerms = 4_096;

    /// <summary>Transactions waiting in the pool.</summary>
    public const int MaxPoolTransactions = 100_000;

    /// <summary>Bytes of all transactions waiting in the pool.</summary>
    public const int MaxPoolBytes = 64 * 1024 * 1024;

    /// <summary>Transactions of one sender waiting in the pool.</summary>
    public const int MaxPoolTransactionsPerSender = 1_000;

    /// <summary>Blocks that a transaction may wait in the pool behind a missing nonce.</summary>
    public const ulong MaxPoolGapBlocks = 300;

    /// <summary>How far a transaction's nonce may lie ahead of its account's.</summary>
    public const ulong MaxNonceAhead = 1_000;

    /// <summary>How far in the future, in blocks, a transaction's valid-until height may lie.</summary>
    public const ulong MaxValidityBlocks = 100_000;

    /// <summary>Rounds ahead of the current one whose votes are kept.</summary>
    public const uint MaxRoundsAhead = 64;

    /// <summary>
    /// Rounds behind the current one whose messages are kept; those of a lock or a polka stay longer.
    /// </summary>
    public const uint MaxRoundsBehind = 64;

    /// <summary>The least time between the headers of two blocks, in milliseconds.</summary>
    public const ulong MinBlockIntervalMs = 100;

    /// <summary>How far a proposer's clock may run ahead of the receiver's at prevote, in milliseconds.</summary>
    public const ulong MaxClockAheadMs = 500;

    /// <summary>Bytes of the genesis file.</summary>
    public const int MaxGenesisBytes = 16 * 1024 * 1024;

    /// <summary>Bytes of one frame on a peer's main connection: a block, its certificate and the envelope.</summary>
    public const int MaxMainFrameBytes = MaxBlockBytes + (256 * 1024);

    /// <summary>
    /// Bytes of a connection up to the proof of a node key: TLS, HTTP/2's preface and headers, the handshake's frames.
    /// </summary>
    public const int MaxHandshakeBytes = 32 * 1024;

    /// <summary>Bytes of one frame on a peer's transaction connection.</summary>
    public const int MaxTransactionFrameBytes = 512 * 1024;

    /// <summary>Transactions in one gossiped batch.</summary>
    public const int MaxBatchTransactions = 2_048;

    /// <summary>Blocks in one answer to a range request.</summary>
    public const int MaxRangeBlocks = 256;

    /// <summary>Bytes of blocks in one answer to a range request, unless its first block alone is larger.</summary>
    public const int MaxRangeBytes = 4 * 1024 * 1024;

    /// <summary>Transactions whose bodies one request may ask for.</summary>
    public const int MaxBodyRequestIds = 2_048;

    /// <summary>Bytes of bodies in one answer, unless its first body alone is larger.</summary>
    public const int MaxBodyBytes = 2 * 1024 * 1024;

    /// <summary>Addresses in one list that relays exchange.</summary>
    public const int MaxAddressesPerList = 64;

    /// <summary>Addresses that a node remembers.</summary>
    public const int MaxKnownAddresses = 512;

    /// <summary>Bytes of one peer address in text, host:port.</summary>
    public const int MaxPeerAddressBytes = 262;

    /// <summary>Bytes of a sentence that says why a peer was refused or left.</summary>
    public const int MaxPeerReasonBytes = 256;

    /// <summary>Ids that a node remembers to have seen from, or sent to, one peer.</summary>
    public const int MaxKnownPerPeer = 65_536;

    /// <summary>Transactions whose signatures are remembered as verified after they left the pool.</summary>
    public const int MaxVerifiedRemembered = 131_072;

    /// <summary>Leaves of the state tree in one chunk of a snapshot; every node cuts alike.</summary>
    public const int SnapshotChunkLeaves = 2_048;

    /// <summary>Bytes of one encoded chunk of a snapshot: an account takes 93, a word 85.</summary>
    public const int MaxSnapshotChunkBytes = 256 * 1024;

    /// <summary>Chunks of one snapshot; their list has 34 bytes for each and fits a frame.</summary>
    public const int MaxSnapshotChunks = 262_144;

    /// <summary>Contracts whose code one request may ask for.</summary>
    public const int MaxCodeRequestHashes = 64;

    /// <summary>Bytes of code in one answer, unless its first code alone is larger.</summary>
    public const int MaxCodeReplyBytes = 1024 * 1024;

    /// <summary>Changes of the term in one answer to who proves a head from the genesis on.</summary>
    public const int MaxTermLinks = 64;

    /// <summary>Snapshots that a peer may offer.</summary>
    public const int MaxSnapshotOffers = 8;

    /// <summary>
    /// Blocks before a snapshot that a node which joins by it fetches too: for BLOCKHASH, for the age of evidence and
    /// for who signed lately.
    /// </summary>
    public const ulong SnapshotBlocksBefore = 256;

    /// <summary>Hashes beside a path through the state tree: one for each bit of a key.</summary>
    public const int MaxStateProofSiblings = 256;

    /// <summary>Hashes beside a path through a Merkle list of at most 2^31 leaves.</summary>
    public const int MaxListProofSiblings = 31;

    /// <summary>Storage words of one account in one proof.</summary>
    public const int MaxProvenSlots = 2_048;

    /// <summary>Accounts in one proof, those that were looked at and do not exist included.</summary>
    public const int MaxProvenAccounts = 64;

    /// <summary>Accounts and storage words of one proof together; each takes under 1 KiB at a million.</summary>
    public const int MaxProvenKeys = 2_048;
}
