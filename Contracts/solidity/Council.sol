// SPDX-License-Identifier: UNLICENSED
pragma solidity 0.8.37;

import {CouncilAccounts} from "./CouncilAccounts.sol";
import {CouncilState} from "./CouncilState.sol";
import {ICouncil} from "./ICouncil.sol";

/// @title The council: who decides blocks, and by which parameters
/// @notice Predeployed in genesis: no constructor, the first members are genesis storage. Active members propose,
/// approve and withdraw; what more than two thirds of them approve is applied at the next epoch. Evidence suspends a
/// member at once.
/// @dev The council order is that of genesis, then that of joining. A suspended member keeps its place in it but is no
/// member in force: those behind it move up by one index until it is reinstated, and a removed one leaves no gap.
contract Council is ICouncil, CouncilState {
    /// @dev The council order while an epoch is at work.
    struct Roster {
        bytes32[] keys;
        uint256 count;
        /// @dev Seats whose members this epoch removed.
        uint256 removed;
        /// @dev Records that this epoch erased.
        uint256 erased;
    }

    /// @param key Ed25519 key of the new member's node. Its account follows from it.
    /// @param blocks How long the proposal is open; at least until the next epoch.
    function proposeAdd(bytes32 key, uint64 blocks) external returns (uint64) {
        require(key != 0, InvalidKey(key));
        require(!_members[key].isMember, MemberExists(key));
        return _propose(ProposalKind.Add, 0, uint256(key), blocks);
    }

    function proposeRemove(bytes32 key, uint64 blocks) external returns (uint64) {
        require(_members[key].isMember, UnknownMember(key));
        return _propose(ProposalKind.Remove, 0, uint256(key), blocks);
    }

    /// @notice Lets a suspended member take part again.
    function proposeReinstate(bytes32 key, uint64 blocks) external returns (uint64) {
        require(_members[key].isMember, UnknownMember(key));
        require(!_contains(_activeSeats, _members[key].seat), MemberNotSuspended(key));
        return _propose(ProposalKind.Reinstate, 0, uint256(key), blocks);
    }

    function proposeParameter(uint8 parameter, uint256 value, uint64 blocks) external returns (uint64) {
        (uint256 least, uint256 most) = parameterRange(parameter);
        require(value >= least && value <= most, ValueOutOfRange(parameter, value, least, most));
        return _propose(ProposalKind.SetParameter, parameter, value, blocks);
    }

    /// @notice Asks that the record of a transaction, be it in a block yet or not, is erased for good: its memo is
    /// destroyed, and no node shows it any more.
    /// @param ground A number of Ground, not None.
    function proposeErase(bytes32 transactionId, uint8 ground, uint64 blocks) external returns (uint64) {
        require(transactionId != 0, InvalidTransaction(transactionId));
        require(ground != 0 && ground <= uint8(type(Ground).max), UnknownGround(ground));
        uint256 number = _erasureOf[transactionId];
        require(number == 0, AlreadyErased(transactionId, number == 0 ? 0 : _erasures[number - 1].decision));
        return _propose(ProposalKind.EraseRecord, ground, uint256(transactionId), blocks);
    }

    function approve(uint64 id) external {
        uint8 seat = _callerSeat();
        Proposal storage proposal = _openProposal(id);
        require(!_contains(proposal.approvals, seat), AlreadyApproved(id, msg.sender));
        _approve(id, proposal, seat);
    }

    /// @notice Takes an approval back. A proposal that nobody approves any more is closed.
    function withdraw(uint64 id) external {
        uint8 seat = _callerSeat();
        Proposal storage proposal = _openProposal(id);
        require(_contains(proposal.approvals, seat), NotApproved(id, msg.sender));
        uint256 approvals = proposal.approvals & ~_bit(seat);
        proposal.approvals = approvals;
        emit Withdrawn(id, msg.sender, _count(approvals & _activeSeats), _count(_activeSeats));
        if (approvals == 0) {
            _dropFromTable(id);
            _close(id, proposal, ProposalState.Abandoned, uint64(block.number));
        }
    }

    /// @inheritdoc ICouncil
    function onBlock(uint64 height, bytes32[] calldata offenders)
        external
        returns (bytes32[] memory keys, uint256[] memory values)
    {
        require(msg.sender == SYSTEM, NotSystem(msg.sender));
        uint256 count = offenders.length < MAX_MEMBERS ? offenders.length : MAX_MEMBERS;
        for (uint256 k = 0; k < count; k++) {
            _suspend(offenders[k], height);
        }
        Roster memory roster = _readRoster();
        if (height % _parameters[EPOCH_BLOCKS] == 0) {
            _runEpoch(roster, height);
        }
        return (_activeKeys(roster), parameters());
    }

    function _propose(ProposalKind kind, uint8 parameter, uint256 subject, uint64 blocks)
        private
        returns (uint64 id)
    {
        uint8 seat = _callerSeat();
        uint64 toEpoch = nextEpoch() - uint64(block.number);
        require(
            blocks >= toEpoch && blocks <= toEpoch + MAX_WAIT_BLOCKS,
            DurationOutOfRange(blocks, toEpoch, toEpoch + MAX_WAIT_BLOCKS)
        );
        _requireRoom(kind, parameter, subject);

        id = ++_lastId;
        _open[_openCount++] = id;
        uint64 expiresAt = uint64(block.number) + blocks;
        Proposal storage proposal = _proposals[id];
        proposal.proposer = msg.sender;
        proposal.expiresAt = expiresAt;
        proposal.kind = kind;
        proposal.state = ProposalState.Open;
        proposal.parameter = parameter;
        proposal.subject = subject;
        proposal.proposedAt = uint64(block.number);
        bool isParameter = kind == ProposalKind.SetParameter;
        emit Proposed(
            id,
            msg.sender,
            kind,
            isParameter ? bytes32(0) : bytes32(subject),
            parameter,
            isParameter ? subject : 0,
            expiresAt
        );
        _approve(id, proposal, seat);
    }

    /// @dev The same may be proposed again once it is closed. What has expired still takes its place until the epoch.
    function _requireRoom(ProposalKind kind, uint8 parameter, uint256 subject) private view {
        uint256 count = _openCount;
        require(count < MAX_OPEN_PROPOSALS, TooManyProposals(MAX_OPEN_PROPOSALS));
        uint256 own = 0;
        for (uint256 k = 0; k < count; k++) {
            uint64 id = _open[k];
            Proposal storage other = _proposals[id];
            if (other.proposer == msg.sender) {
                own++;
            }
            bool isSame = other.kind == kind && other.subject == subject
                && (other.parameter == parameter || kind == ProposalKind.EraseRecord);
            require(!isSame || block.number > other.expiresAt, AlreadyProposed(id));
        }
        require(
            own < MAX_OPEN_PROPOSALS_PER_MEMBER,
            TooManyProposalsOfMember(msg.sender, MAX_OPEN_PROPOSALS_PER_MEMBER)
        );
    }

    function _approve(uint64 id, Proposal storage proposal, uint8 seat) private {
        uint256 active = _activeSeats;
        uint256 before = proposal.approvals;
        uint256 approvals = before | _bit(seat);
        proposal.approvals = approvals;
        emit Approved(id, msg.sender, _count(approvals & active), _count(active));
        if (_isAccepted(approvals, active) && !_isAccepted(before, active)) {
            emit Accepted(id, _count(approvals & active), _count(active));
        }
    }

    function _callerSeat() private view returns (uint8) {
        bytes32 key = _keyOf[msg.sender];
        require(key != 0, NotMember(msg.sender));
        Member storage member = _members[key];
        require(_contains(_activeSeats, member.seat), MemberSuspended(msg.sender, member.suspendedAt));
        return member.seat;
    }

    function _openProposal(uint64 id) private view returns (Proposal storage proposal) {
        require(id != 0 && id <= _lastId, UnknownProposal(id));
        proposal = _proposals[id];
        require(proposal.state == ProposalState.Open, ProposalClosed(id, proposal.state));
        require(block.number <= proposal.expiresAt, ProposalExpired(id, proposal.expiresAt));
    }

    function _close(uint64 id, Proposal storage proposal, ProposalState state, uint64 height) private {
        proposal.state = state;
        proposal.closedAt = height;
        if (state == ProposalState.Applied) {
            emit Applied(id, height);
        } else if (state == ProposalState.Expired) {
            emit Expired(id, height);
        } else {
            emit Abandoned(id, height);
        }
    }

    function _dropFromTable(uint64 id) private {
        uint256 last = --_openCount;
        uint256 k = 0;
        while (_open[k] != id) {
            k++;
        }
        for (; k < last; k++) {
            _open[k] = _open[k + 1];
        }
        _open[last] = 0;
    }

    function _suspend(bytes32 key, uint64 height) private {
        Member storage member = _members[key];
        uint256 active = _activeSeats;
        if (!member.isMember || !_contains(active, member.seat)) {
            return;
        }
        if (_count(active) == 1) {
            emit LastMemberSpared(key, height);
            return;
        }
        _activeSeats = active & ~_bit(member.seat);
        member.suspendedAt = height;
        emit Suspended(key, CouncilAccounts.accountOf(key), height);
    }

    function _readRoster() private view returns (Roster memory roster) {
        roster.count = _memberCount;
        roster.keys = new bytes32[](MAX_MEMBERS);
        for (uint256 k = 0; k < roster.count; k++) {
            roster.keys[k] = _order[k];
        }
    }

    /// @dev All are judged by those who are active as the epoch begins, so their order decides nothing but what
    /// two of them would do to each other. What is accepted and cannot be applied now waits until it expires.
    function _runEpoch(Roster memory roster, uint64 height) private {
        uint256 judges = _activeSeats;
        uint256 all = _seats;
        uint256 count = _openCount;
        uint256 kept = 0;
        for (uint256 k = 0; k < count; k++) {
            uint64 id = _open[k];
            Proposal storage proposal = _proposals[id];
            uint256 approvals = proposal.approvals;
            if (height > proposal.expiresAt) {
                _close(id, proposal, ProposalState.Expired, height);
            } else if (approvals & all == 0) {
                _close(id, proposal, ProposalState.Abandoned, height);
            } else if (_isAccepted(approvals, judges) && _canApply(proposal, roster)) {
                _apply(id, proposal, roster, height);
                _close(id, proposal, ProposalState.Applied, height);
            } else {
                _open[kept++] = id;
            }
        }
        kept = _forgetRemoved(roster.removed, kept, height);
        for (uint256 k = kept; k < count; k++) {
            _open[k] = 0;
        }
        _openCount = uint8(kept);
        _writeRoster(roster);
    }

    function _canApply(Proposal storage proposal, Roster memory roster) private view returns (bool) {
        bool mustWait = proposal.kind == ProposalKind.EraseRecord && roster.erased == MAX_EPOCH_ERASURES;
        return !mustWait && _obstacleOf(proposal, roster.count) == Obstacle.None;
    }

    function _apply(uint64 id, Proposal storage proposal, Roster memory roster, uint64 height) private {
        ProposalKind kind = proposal.kind;
        if (kind == ProposalKind.EraseRecord) {
            roster.erased++;
            _erase(id, bytes32(proposal.subject), Ground(proposal.parameter), height);
            return;
        }
        if (kind == ProposalKind.SetParameter) {
            uint8 parameter = proposal.parameter;
            emit ParameterSet(parameter, proposal.subject, _parameters[parameter]);
            _parameters[parameter] = proposal.subject;
            return;
        }
        bytes32 key = bytes32(proposal.subject);
        address account = CouncilAccounts.accountOf(key);
        if (kind == ProposalKind.Add) {
            _add(roster, key, account, height);
        } else if (kind == ProposalKind.Remove) {
            _remove(roster, key, account);
        } else {
            Member storage member = _members[key];
            _activeSeats |= _bit(member.seat);
            member.suspendedAt = 0;
            emit MemberReinstated(key, account);
        }
    }

    function _erase(uint64 id, bytes32 transactionId, Ground ground, uint64 height) private {
        uint64 index = _erasureCount++;
        _erasures[index] =
            Erasure({transactionId: transactionId, decision: id, height: height, ground: ground});
        _erasureOf[transactionId] = uint256(index) + 1;
        emit RecordErased(transactionId, id, ground, height);
    }

    function _add(Roster memory roster, bytes32 key, address account, uint64 height) private {
        uint256 seats = _seats;
        uint8 seat = 0;
        while (_contains(seats, seat)) {
            seat++;
        }
        _seats = seats | _bit(seat);
        _activeSeats |= _bit(seat);
        _members[key] = Member({isMember: true, seat: seat, joinedAt: height, suspendedAt: 0});
        _keyOf[account] = key;
        roster.keys[roster.count++] = key;
        emit MemberAdded(key, account);
    }

    function _remove(Roster memory roster, bytes32 key, address account) private {
        uint256 bit = _bit(_members[key].seat);
        _seats &= ~bit;
        _activeSeats &= ~bit;
        roster.removed |= bit;
        delete _members[key];
        delete _keyOf[account];
        uint256 k = 0;
        while (roster.keys[k] != key) {
            k++;
        }
        roster.count--;
        for (; k < roster.count; k++) {
            roster.keys[k] = roster.keys[k + 1];
        }
        roster.keys[roster.count] = 0;
        emit MemberRemoved(key, account);
    }

    /// @dev Whoever gets a removed member's seat starts without approvals, and a vote to reinstate a member ends with
    /// its membership: it must not lift the suspension of who is added anew.
    function _forgetRemoved(uint256 removed, uint256 openCount, uint64 height) private returns (uint256 kept) {
        if (removed == 0) {
            return openCount;
        }
        for (uint256 k = 0; k < openCount; k++) {
            uint64 id = _open[k];
            Proposal storage proposal = _proposals[id];
            if (proposal.kind == ProposalKind.Reinstate && !_members[bytes32(proposal.subject)].isMember) {
                _close(id, proposal, ProposalState.Abandoned, height);
                continue;
            }
            _open[kept++] = id;
            uint256 approvals = proposal.approvals;
            if (approvals & removed != 0) {
                proposal.approvals = approvals & ~removed;
            }
        }
    }

    function _writeRoster(Roster memory roster) private {
        uint256 most = roster.count < _memberCount ? _memberCount : roster.count;
        for (uint256 k = 0; k < most; k++) {
            if (_order[k] != roster.keys[k]) {
                _order[k] = roster.keys[k];
            }
        }
        _memberCount = uint8(roster.count);
    }

    function _activeKeys(Roster memory roster) private view returns (bytes32[] memory keys) {
        uint256 active = _activeSeats;
        keys = new bytes32[](_count(active));
        uint256 found = 0;
        for (uint256 k = 0; k < roster.count; k++) {
            if (_contains(active, _members[roster.keys[k]].seat)) {
                keys[found++] = roster.keys[k];
            }
        }
    }
}
