// SPDX-License-Identifier: UNLICENSED
pragma solidity 0.8.37;

/// @title Types, bounds, events and errors of the council
abstract contract CouncilTypes {
    enum MemberStatus {
        None,
        Active,
        Suspended
    }

    enum ProposalKind {
        None,
        Add,
        Remove,
        Reinstate,
        SetParameter,
        EraseRecord
    }

    /// @notice Why the record of a transaction is erased.
    enum Ground {
        None,
        /// The person that the data is about asked for it.
        Request,
        /// A court or an authority ordered it.
        Court,
        /// The content may not be kept.
        Unlawful,
        /// It was never meant to be there.
        Mistake
    }

    enum ProposalState {
        None,
        Open,
        Applied,
        Expired,
        Abandoned
    }

    /// @notice Why an accepted proposal could not be applied now; it waits for a later epoch until it expires.
    enum Obstacle {
        None,
        CouncilFull,
        AlreadyMember,
        UnknownMember,
        NotSuspended,
        LastActiveMember,
        GasLimitsCross
    }

    struct Member {
        bool isMember;
        /// @dev Its bit in every set of members. Free again after a removal.
        uint8 seat;
        uint64 joinedAt;
        /// @dev Zero where it is active.
        uint64 suspendedAt;
    }

    struct Proposal {
        address proposer;
        uint64 expiresAt;
        ProposalKind kind;
        ProposalState state;
        /// @dev Of an erasure its ground.
        uint8 parameter;
        /// @dev The key, the parameter's new value, or the id of the transaction.
        uint256 subject;
        /// @dev Seats of those who approve.
        uint256 approvals;
        uint64 proposedAt;
        uint64 closedAt;
    }

    /// @notice A decision that the record of a transaction is erased. It is final.
    struct Erasure {
        bytes32 transactionId;
        /// @dev The proposal that decided it.
        uint64 decision;
        uint64 height;
        Ground ground;
    }

    struct MemberView {
        bytes32 key;
        address account;
        MemberStatus status;
        uint64 joinedAt;
        uint64 suspendedAt;
    }

    struct ProposalView {
        uint64 id;
        ProposalKind kind;
        ProposalState state;
        /// @dev Of a member, or the id of the transaction to erase; zero for a parameter.
        bytes32 key;
        /// @dev Of an erasure its ground.
        uint8 parameter;
        uint256 value;
        address proposer;
        uint64 proposedAt;
        uint64 expiresAt;
        uint64 closedAt;
        /// @dev Of active members; for a closed proposal all that it had.
        uint256 approvals;
        /// @dev The least that are more than two thirds of the active members now.
        uint256 needed;
        Obstacle obstacle;
    }

    /// @notice Who calls `onBlock`: the chain. Nobody has a key for it (as in EIP-4788).
    address public constant SYSTEM = 0xffffFFFfFFffffffffffffffFfFFFfffFFFfFFfE;

    uint256 public constant MAX_MEMBERS = 100;
    uint256 public constant MAX_OPEN_PROPOSALS = 128;
    /// @notice A third of the members, faulty or not, cannot fill the table: 33 x 3 < 128.
    uint256 public constant MAX_OPEN_PROPOSALS_PER_MEMBER = 3;
    /// @notice How long after the next epoch a proposal may still be open.
    uint64 public constant MAX_WAIT_BLOCKS = 1_000_000;
    uint256 public constant MAX_PAGE = 32;
    /// @notice Each makes every node write part of its block log anew; more wait for the next epoch.
    uint256 public constant MAX_EPOCH_ERASURES = 16;
    uint256 public constant MAX_ERASURE_PAGE = 256;

    uint8 public constant BLOCK_INTERVAL_MS = 0;
    uint8 public constant BLOCK_GAS_LIMIT = 1;
    uint8 public constant TRANSACTION_GAS_LIMIT = 2;
    uint8 public constant GAS_PRICE = 3;
    uint8 public constant EPOCH_BLOCKS = 4;
    uint256 public constant PARAMETERS = 5;

    event Proposed(
        uint64 indexed id,
        address indexed member,
        ProposalKind kind,
        bytes32 key,
        uint8 parameter,
        uint256 value,
        uint64 expiresAt
    );
    event Approved(uint64 indexed id, address indexed member, uint256 approvals, uint256 activeMembers);
    event Withdrawn(uint64 indexed id, address indexed member, uint256 approvals, uint256 activeMembers);
    event Accepted(uint64 indexed id, uint256 approvals, uint256 activeMembers);
    event Applied(uint64 indexed id, uint64 height);
    event Expired(uint64 indexed id, uint64 height);
    /// @notice Nobody who approved it is a member any more, the last one withdrew, or the member that it would
    /// reinstate was removed.
    event Abandoned(uint64 indexed id, uint64 height);
    event Suspended(bytes32 indexed key, address indexed account, uint64 height);
    /// @notice The only active member broke the rules: without it there would be no chain.
    event LastMemberSpared(bytes32 indexed key, uint64 height);
    event MemberAdded(bytes32 indexed key, address indexed account);
    event MemberRemoved(bytes32 indexed key, address indexed account);
    event MemberReinstated(bytes32 indexed key, address indexed account);
    event ParameterSet(uint8 indexed parameter, uint256 value, uint256 before);
    event RecordErased(bytes32 indexed transactionId, uint64 indexed decision, Ground ground, uint64 height);

    error NotSystem(address caller);
    error NotMember(address caller);
    error MemberSuspended(address caller, uint64 suspendedAt);
    error InvalidKey(bytes32 key);
    error MemberExists(bytes32 key);
    error UnknownMember(bytes32 key);
    error MemberNotSuspended(bytes32 key);
    error UnknownParameter(uint8 parameter);
    error ValueOutOfRange(uint8 parameter, uint256 value, uint256 least, uint256 most);
    error DurationOutOfRange(uint64 blocks, uint64 least, uint64 most);
    error InvalidTransaction(bytes32 transactionId);
    error UnknownGround(uint8 ground);
    error AlreadyErased(bytes32 transactionId, uint64 decision);
    error AlreadyProposed(uint64 id);
    error TooManyProposals(uint256 most);
    error TooManyProposalsOfMember(address member, uint256 most);
    error UnknownProposal(uint64 id);
    error ProposalClosed(uint64 id, ProposalState state);
    error ProposalExpired(uint64 id, uint64 expiresAt);
    error AlreadyApproved(uint64 id, address member);
    error NotApproved(uint64 id, address member);
}
