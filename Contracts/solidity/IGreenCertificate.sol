// SPDX-License-Identifier: UNLICENSED
pragma solidity 0.8.37;

/// @notice What the registry and the market ask of the certificates.
interface IGreenCertificate {
    /// @notice Registry only: one unit for each accepted Wh of renewable production.
    function mint(address account, uint64 slot, uint8 source, uint256 energyWh) external;

    /// @notice Market only: moves up to `energyWh` units of the slot, never more than the seller holds.
    /// @return movedWh The units that moved.
    function moveDelivered(address seller, address buyer, uint64 slot, uint256 energyWh)
        external
        returns (uint256 movedWh);
}
