// SPDX-License-Identifier: UNLICENSED
pragma solidity 0.8.37;

/// @notice What the market asks of the registry.
interface IMeterRegistry {
    /// @return The account that trades for the site, zero for an unknown site.
    function siteAccount(uint32 site) external view returns (address);
}
