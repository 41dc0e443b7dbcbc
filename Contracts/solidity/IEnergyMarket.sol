// SPDX-License-Identifier: UNLICENSED
pragma solidity 0.8.37;

/// @notice What the registry tells the market.
interface IEnergyMarket {
    /// @notice Adds metered export of a slot whose report window is open. Ignored where the site has no position.
    function recordExport(uint64 slot, uint32 site, uint64 exportedWh) external;
}
