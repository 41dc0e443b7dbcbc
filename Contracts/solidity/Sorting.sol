// SPDX-License-Identifier: UNLICENSED
pragma solidity 0.8.37;

/// @title Sorting in memory
/// @dev Bottom-up merge sort: n log n in the worst case too, so that no chosen input makes it expensive.
library Sorting {
    /// @notice Returns the keys in ascending order; the given array may be overwritten.
    function ascending(uint256[] memory keys) internal pure returns (uint256[] memory) {
        uint256 count = keys.length;
        uint256[] memory from = keys;
        uint256[] memory into = new uint256[](count);
        for (uint256 width = 1; width < count; width *= 2) {
            for (uint256 start = 0; start < count; start += 2 * width) {
                _merge(from, into, start, _min(start + width, count), _min(start + 2 * width, count));
            }
            (from, into) = (into, from);
        }
        return from;
    }

    function _merge(uint256[] memory from, uint256[] memory into, uint256 start, uint256 middle, uint256 end)
        private
        pure
    {
        uint256 left = start;
        uint256 right = middle;
        for (uint256 k = start; k < end; k++) {
            if (left < middle && (right >= end || from[left] <= from[right])) {
                into[k] = from[left++];
            } else {
                into[k] = from[right++];
            }
        }
    }

    function _min(uint256 a, uint256 b) private pure returns (uint256) {
        return a < b ? a : b;
    }
}
