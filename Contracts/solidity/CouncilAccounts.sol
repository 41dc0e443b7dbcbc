// SPDX-License-Identifier: UNLICENSED
pragma solidity 0.8.37;

/// @title The account that a key signs for
/// @notice First 20 bytes of BLAKE2b-256 of the Ed25519 key (RFC 7693), by the compression function at 0x09 (EIP-152).
/// @dev Computed here and never taken from a caller, so nobody can be registered under an account that is not his.
library CouncilAccounts {
    /// @dev Output of 32 bytes, no key, fanout 1, depth 1: the initial vector with 0x01010020 xored into its first word.
    bytes32 private constant STATE_0 = 0x28c9bdf267e6096a3ba7ca8485ae67bb2bf894fe72f36e3cf1361d5f3af54fa5;
    bytes32 private constant STATE_1 = 0xd182e6ad7f520e511f6c3e2b8c68059b6bbd41fbabd9831f79217e1319cde05b;
    uint32 private constant ROUNDS = 12;
    /// @dev Length of a key as the little-endian 128-bit counter.
    bytes16 private constant COUNTER = 0x20000000000000000000000000000000;
    bytes1 private constant FINAL = 0x01;

    error Blake2Failed();

    function accountOf(bytes32 key) internal view returns (address) {
        bytes memory input = abi.encodePacked(
            ROUNDS, STATE_0, STATE_1, key, bytes32(0), bytes32(0), bytes32(0), COUNTER, FINAL
        );
        (bool done, bytes memory output) = address(0x09).staticcall(input);
        require(done && output.length == 64, Blake2Failed());
        return address(bytes20(bytes32(output)));
    }
}
