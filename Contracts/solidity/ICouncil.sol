// SPDX-License-Identifier: UNLICENSED
pragma solidity 0.8.37;

/// @notice What the chain itself asks of the council, outside of any transaction.
interface ICouncil {
    /// @notice Called by the system address at every height that the epoch length divides, and in every block that
    /// carries evidence.
    /// @param height Height of the block that is executed.
    /// @param offenders Ed25519 keys of the members that the block's evidence convicts.
    /// @return keys The members in force from now on, in council order.
    /// @return parameters The chain parameters in force from now on, by number.
    function onBlock(uint64 height, bytes32[] calldata offenders)
        external
        returns (bytes32[] memory keys, uint256[] memory parameters);
}
