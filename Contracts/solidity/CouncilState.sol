// SPDX-License-Identifier: UNLICENSED
pragma solidity 0.8.37;

import {CouncilAccounts} from "./CouncilAccounts.sol";
import {CouncilTypes} from "./CouncilTypes.sol";

/// @title Members, proposals and parameters, and what can be asked about them
abstract contract CouncilState is CouncilTypes {
    /// @notice No gas limit is set lower: the council's own transactions must fit.
    uint256 public constant MIN_GAS = 5_000_000;
    uint256 public constant MAX_GAS = 1_000_000_000_000;
    /// @notice A thousandth of a coin: a vote stays within reach of a member's account.
    uint256 public constant MAX_GAS_PRICE = 1e15;
    uint256 public constant MAX_EPOCH_BLOCKS = 1_000_000;

    /// @dev Seats of all members, and of the active ones.
    uint256 internal _seats;
    uint256 internal _activeSeats;
    uint256[PARAMETERS] internal _parameters;

    uint8 internal _memberCount;
    uint8 internal _openCount;
    uint64 internal _lastId;

    /// @dev Keys in council order; a suspended member keeps its place.
    bytes32[MAX_MEMBERS] internal _order;
    /// @dev Ascending ids of the open proposals.
    uint64[MAX_OPEN_PROPOSALS] internal _open;
    mapping(bytes32 key => Member) internal _members;
    mapping(address account => bytes32 key) internal _keyOf;
    mapping(uint64 id => Proposal) internal _proposals;

    uint64 internal _erasureCount;
    mapping(uint256 index => Erasure) internal _erasures;
    /// @dev One more than the index; 0 where there is none.
    mapping(bytes32 transactionId => uint256) internal _erasureOf;

    /// @notice All members in council order, the suspended ones in their places.
    function members() external view returns (MemberView[] memory list) {
        list = new MemberView[](_memberCount);
        for (uint256 k = 0; k < list.length; k++) {
            list[k] = _viewOfMember(_order[k]);
        }
    }

    /// @notice The member that signs with this account; status None for anybody else.
    function memberOf(address account) external view returns (MemberView memory) {
        return _viewOfMember(_keyOf[account]);
    }

    /// @notice The account that a key signs for, whoever has it.
    function accountOf(bytes32 key) external view returns (address) {
        return CouncilAccounts.accountOf(key);
    }

    /// @notice Up to MAX_PAGE open proposals by ascending id.
    function openProposals(uint256 offset, uint256 limit) external view returns (ProposalView[] memory page) {
        uint256 count = _openCount;
        uint256 from = offset < count ? offset : count;
        uint256 most = limit < MAX_PAGE ? limit : MAX_PAGE;
        uint256 length = count - from < most ? count - from : most;
        page = new ProposalView[](length);
        for (uint256 k = 0; k < length; k++) {
            page[k] = _viewOfProposal(_open[from + k]);
        }
    }

    /// @notice A proposal, open or closed.
    function proposalOf(uint64 id) external view returns (ProposalView memory) {
        require(id != 0 && id <= _lastId, UnknownProposal(id));
        return _viewOfProposal(id);
    }

    /// @notice Members that approve an open proposal, suspended ones too, in council order.
    function approversOf(uint64 id) external view returns (bytes32[] memory keys) {
        require(id != 0 && id <= _lastId, UnknownProposal(id));
        Proposal storage proposal = _proposals[id];
        uint256 approvals = proposal.state == ProposalState.Open ? proposal.approvals : 0;
        keys = new bytes32[](_count(approvals));
        uint256 found = 0;
        for (uint256 k = 0; k < _memberCount && found < keys.length; k++) {
            bytes32 key = _order[k];
            if (_contains(approvals, _members[key].seat)) {
                keys[found++] = key;
            }
        }
    }

    /// @notice How many records were erased; they are numbered from 0 and never fewer.
    function erasureCount() external view returns (uint64) {
        return _erasureCount;
    }

    /// @notice Up to MAX_ERASURE_PAGE decisions in their order.
    function erasures(uint256 offset, uint256 limit) external view returns (Erasure[] memory page) {
        uint256 count = _erasureCount;
        uint256 from = offset < count ? offset : count;
        uint256 most = limit < MAX_ERASURE_PAGE ? limit : MAX_ERASURE_PAGE;
        uint256 length = count - from < most ? count - from : most;
        page = new Erasure[](length);
        for (uint256 k = 0; k < length; k++) {
            page[k] = _erasures[from + k];
        }
    }

    /// @notice The decision about a transaction; all zero where there is none.
    function erasureOf(bytes32 transactionId) external view returns (Erasure memory found) {
        uint256 number = _erasureOf[transactionId];
        if (number != 0) {
            found = _erasures[number - 1];
        }
    }

    /// @notice The chain parameters in force, by number.
    function parameters() public view returns (uint256[] memory values) {
        values = new uint256[](PARAMETERS);
        for (uint256 k = 0; k < PARAMETERS; k++) {
            values[k] = _parameters[k];
        }
    }

    /// @notice What a parameter may be set to. The limit of a transaction must also not exceed that of a block.
    function parameterRange(uint8 parameter) public pure returns (uint256 least, uint256 most) {
        require(parameter < PARAMETERS, UnknownParameter(parameter));
        if (parameter == BLOCK_INTERVAL_MS) {
            return (100, 60_000);
        }
        if (parameter == GAS_PRICE) {
            return (0, MAX_GAS_PRICE);
        }
        return parameter == EPOCH_BLOCKS ? (1, MAX_EPOCH_BLOCKS) : (MIN_GAS, MAX_GAS);
    }

    /// @notice The first height after this block at which accepted proposals are applied.
    function nextEpoch() public view returns (uint64) {
        uint256 length = _parameters[EPOCH_BLOCKS];
        return uint64((block.number / length + 1) * length);
    }

    /// @notice Active members, and how many of them are more than two thirds.
    function quorum() public view returns (uint256 activeMembers, uint256 needed) {
        activeMembers = _count(_activeSeats);
        needed = activeMembers * 2 / 3 + 1;
    }

    function _isAccepted(uint256 approvals, uint256 activeSeats) internal pure returns (bool) {
        return _count(approvals & activeSeats) * 3 > _count(activeSeats) * 2;
    }

    /// @param memberCount As the roster has it while an epoch is at work.
    function _obstacleOf(Proposal storage proposal, uint256 memberCount) internal view returns (Obstacle) {
        ProposalKind kind = proposal.kind;
        if (kind == ProposalKind.SetParameter) {
            return _gasLimitsCross(proposal.parameter, proposal.subject) ? Obstacle.GasLimitsCross : Obstacle.None;
        }
        if (kind == ProposalKind.EraseRecord) {
            return Obstacle.None;
        }
        Member storage member = _members[bytes32(proposal.subject)];
        bool isMember = member.isMember;
        if (kind == ProposalKind.Add) {
            return isMember
                ? Obstacle.AlreadyMember
                : memberCount < MAX_MEMBERS ? Obstacle.None : Obstacle.CouncilFull;
        }
        if (!isMember) {
            return Obstacle.UnknownMember;
        }
        bool isActive = _contains(_activeSeats, member.seat);
        if (kind == ProposalKind.Reinstate) {
            return isActive ? Obstacle.NotSuspended : Obstacle.None;
        }
        return isActive && _count(_activeSeats) == 1 ? Obstacle.LastActiveMember : Obstacle.None;
    }

    function _contains(uint256 seats, uint8 seat) internal pure returns (bool) {
        return seats & _bit(seat) != 0;
    }

    function _bit(uint8 seat) internal pure returns (uint256) {
        return 1 << uint256(seat);
    }

    /// @notice Members of a set, which has fewer than 256.
    /// @dev Counts in parallel (Hacker's Delight, 5-1).
    function _count(uint256 seats) internal pure returns (uint256) {
        unchecked {
            uint256 pairs = type(uint256).max / 3;
            uint256 nibbles = type(uint256).max / 5;
            uint256 bytesOnly = type(uint256).max / 17;
            uint256 ones = type(uint256).max / 255;
            seats -= (seats >> 1) & pairs;
            seats = (seats & nibbles) + ((seats >> 2) & nibbles);
            seats = (seats + (seats >> 4)) & bytesOnly;
            return (seats * ones) >> 248;
        }
    }

    /// @dev Each gas limit is held against the other one in force.
    function _gasLimitsCross(uint8 parameter, uint256 value) private view returns (bool) {
        if (parameter == BLOCK_GAS_LIMIT) {
            return value < _parameters[TRANSACTION_GAS_LIMIT];
        }
        return parameter == TRANSACTION_GAS_LIMIT && value > _parameters[BLOCK_GAS_LIMIT];
    }

    function _viewOfMember(bytes32 key) private view returns (MemberView memory found) {
        Member storage member = _members[key];
        if (!member.isMember) {
            return found;
        }
        found.key = key;
        found.account = CouncilAccounts.accountOf(key);
        found.status = _contains(_activeSeats, member.seat) ? MemberStatus.Active : MemberStatus.Suspended;
        found.joinedAt = member.joinedAt;
        found.suspendedAt = member.suspendedAt;
    }

    function _viewOfProposal(uint64 id) private view returns (ProposalView memory found) {
        Proposal storage proposal = _proposals[id];
        found.id = id;
        found.kind = proposal.kind;
        found.state = proposal.state;
        found.parameter = proposal.parameter;
        if (proposal.kind == ProposalKind.SetParameter) {
            found.value = proposal.subject;
        } else {
            found.key = bytes32(proposal.subject);
        }
        found.proposer = proposal.proposer;
        found.proposedAt = proposal.proposedAt;
        found.expiresAt = proposal.expiresAt;
        found.closedAt = proposal.closedAt;
        bool isOpen = proposal.state == ProposalState.Open;
        found.approvals = _count(isOpen ? proposal.approvals & _activeSeats : proposal.approvals);
        (, found.needed) = quorum();
        found.obstacle = isOpen ? _obstacleOf(proposal, _memberCount) : Obstacle.None;
    }
}
