// SPDX-License-Identifier: UNLICENSED
pragma solidity 0.8.37;

import {IGreenCertificate} from "./IGreenCertificate.sol";

interface IERC1155Receiver {
    function onERC1155Received(address operator, address from, uint256 id, uint256 value, bytes calldata data)
        external
        returns (bytes4);

    function onERC1155BatchReceived(
        address operator,
        address from,
        uint256[] calldata ids,
        uint256[] calldata values,
        bytes calldata data
    ) external returns (bytes4);
}

/// @title Green certificates (ERC-1155): one unit is one Wh of renewable production
/// @notice id = slot x 256 + source, so a certificate says when and from what its energy was made.
/// @dev Minting and the market's moves do not ask a receiving contract (no onERC1155Received): a receiver
/// must not be able to refuse a meter record or a settlement. Transfers by owners do ask, as the standard says.
contract GreenCertificate is IGreenCertificate {
    uint8 public constant SOURCE_SOLAR = 1;
    uint8 public constant SOURCE_WIND = 2;
    uint8 public constant SOURCE_HYDRO = 3;
    uint8 public constant MAX_SOURCE = SOURCE_HYDRO;

    address public registry;
    address public market;

    mapping(uint256 id => mapping(address account => uint256 amount)) private _balances;
    mapping(address owner => mapping(address operator => bool approved)) private _approvals;

    event TransferSingle(
        address indexed operator, address indexed from, address indexed to, uint256 id, uint256 value
    );
    event TransferBatch(
        address indexed operator, address indexed from, address indexed to, uint256[] ids, uint256[] values
    );
    event ApprovalForAll(address indexed account, address indexed operator, bool approved);

    error NotRegistry(address caller);
    error NotMarket(address caller);
    error NotApproved(address operator, address owner);
    error BalanceTooLow(address account, uint256 id, uint256 balance, uint256 needed);
    error InvalidReceiver(address receiver);
    error ReceiverRefused(address receiver);
    error LengthMismatch(uint256 first, uint256 second);

    function mint(address account, uint64 slot, uint8 source, uint256 energyWh) external {
        require(msg.sender == registry, NotRegistry(msg.sender));
        uint256 id = certificateId(slot, source);
        _balances[id][account] += energyWh;
        emit TransferSingle(msg.sender, address(0), account, id, energyWh);
    }

    function moveDelivered(address seller, address buyer, uint64 slot, uint256 energyWh)
        external
        returns (uint256 movedWh)
    {
        require(msg.sender == market, NotMarket(msg.sender));
        for (uint8 source = 1; source <= MAX_SOURCE && movedWh < energyWh; source++) {
            uint256 id = certificateId(slot, source);
            uint256 held = _balances[id][seller];
            uint256 wanted = energyWh - movedWh;
            uint256 moved = held < wanted ? held : wanted;
            if (moved != 0) {
                _move(seller, buyer, id, moved);
                emit TransferSingle(msg.sender, seller, buyer, id, moved);
                movedWh += moved;
            }
        }
    }

    function safeTransferFrom(address from, address to, uint256 id, uint256 value, bytes calldata data) external {
        _requireMayMove(from, to);
        _move(from, to, id, value);
        emit TransferSingle(msg.sender, from, to, id, value);
        if (to.code.length != 0) {
            bytes4 answer = IERC1155Receiver(to).onERC1155Received(msg.sender, from, id, value, data);
            require(answer == IERC1155Receiver.onERC1155Received.selector, ReceiverRefused(to));
        }
    }

    function safeBatchTransferFrom(
        address from,
        address to,
        uint256[] calldata ids,
        uint256[] calldata values,
        bytes calldata data
    ) external {
        _requireMayMove(from, to);
        require(ids.length == values.length, LengthMismatch(ids.length, values.length));
        for (uint256 k = 0; k < ids.length; k++) {
            _move(from, to, ids[k], values[k]);
        }
        emit TransferBatch(msg.sender, from, to, ids, values);
        if (to.code.length != 0) {
            bytes4 answer = IERC1155Receiver(to).onERC1155BatchReceived(msg.sender, from, ids, values, data);
            require(answer == IERC1155Receiver.onERC1155BatchReceived.selector, ReceiverRefused(to));
        }
    }

    function setApprovalForAll(address operator, bool approved) external {
        _approvals[msg.sender][operator] = approved;
        emit ApprovalForAll(msg.sender, operator, approved);
    }

    function balanceOf(address account, uint256 id) external view returns (uint256) {
        return _balances[id][account];
    }

    function balanceOfBatch(address[] calldata accounts, uint256[] calldata ids)
        external
        view
        returns (uint256[] memory balances)
    {
        require(accounts.length == ids.length, LengthMismatch(accounts.length, ids.length));
        balances = new uint256[](ids.length);
        for (uint256 k = 0; k < ids.length; k++) {
            balances[k] = _balances[ids[k]][accounts[k]];
        }
    }

    function isApprovedForAll(address account, address operator) external view returns (bool) {
        return _approvals[account][operator];
    }

    /// @dev ERC-165: ERC-165 itself and ERC-1155.
    function supportsInterface(bytes4 interfaceId) external pure returns (bool) {
        return interfaceId == 0x01ffc9a7 || interfaceId == 0xd9b67a26;
    }

    function certificateId(uint64 slot, uint8 source) public pure returns (uint256) {
        return (uint256(slot) << 8) | source;
    }

    function _requireMayMove(address from, address to) private view {
        require(from == msg.sender || _approvals[from][msg.sender], NotApproved(msg.sender, from));
        require(to != address(0), InvalidReceiver(to));
    }

    function _move(address from, address to, uint256 id, uint256 value) private {
        uint256 held = _balances[id][from];
        require(held >= value, BalanceTooLow(from, id, held, value));
        _balances[id][from] = held - value;
        _balances[id][to] += value;
    }
}
