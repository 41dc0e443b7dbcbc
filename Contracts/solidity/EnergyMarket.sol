// SPDX-License-Identifier: UNLICENSED
pragma solidity 0.8.37;

import {MarketSettlement} from "./MarketSettlement.sol";
import "./MarketTypes.sol";

/// @title The energy market of a community: orders, direct offers, auction, escrow, settlement
/// @notice Predeployed in genesis: no constructor, every parameter is genesis storage. Energy in Wh, money in
/// base units (10^-18 ENC), prices per kWh and multiples of 1000, time in unix seconds.
/// Slot = floor(block.timestamp / slotSeconds). The rules are in docs/market.md.
contract EnergyMarket is MarketSettlement {
    function parameters() external view returns (MarketParameters memory) {
        return MarketParameters({
            slotSeconds: _slotSeconds,
            gateLeadSeconds: _gateLeadSeconds,
            reportWindowSeconds: _reportWindowSeconds,
            operator: _operator,
            gridAccount: _gridAccount,
            registry: _registry,
            certificate: _certificate,
            gridFeePerKwh: _gridFeePerKwh,
            collateralPerKwh: _collateralPerKwh
        });
    }

    /// @notice The order or offer with the id; kind None where it is not open.
    function orderOf(uint64 id) external view returns (OrderView memory) {
        return _orderView(id);
    }

    /// @notice Open orders and offers of a slot, at most `limit` from place `offset` on, in no lasting order.
    function openOrders(uint64 slot, uint256 offset, uint256 limit) external view returns (OrderView[] memory page) {
        uint64[] storage ids = _books[slot].orderIds;
        page = new OrderView[](_pageSize(ids.length, offset, limit));
        for (uint256 k = 0; k < page.length; k++) {
            page[k] = _orderView(ids[offset + k]);
        }
    }

    /// @notice Trades of a slot that is not settled, in the order they were made.
    function tradesOf(uint64 slot, uint256 offset, uint256 limit) external view returns (TradeView[] memory page) {
        Trade[] storage trades = _books[slot].trades;
        page = new TradeView[](_pageSize(trades.length, offset, limit));
        for (uint256 k = 0; k < page.length; k++) {
            page[k] = _tradeView(_tradeId(slot, offset + k), trades[offset + k]);
        }
    }

    function tariffOf(uint64 slot) external view returns (Tariff memory) {
        return _tariffs[slot];
    }

    function positionOf(uint64 slot, uint32 site) external view returns (Position memory) {
        return _positions[slot][site];
    }

    function lastSettledSlot() external view returns (uint64) {
        return _lastSettledSlot;
    }

    function slotSummary(uint64 slot) external view returns (SlotSummary memory summary) {
        Book storage book = _books[slot];
        summary.gateClosure = _gateClosure(slot);
        summary.slotStart = _slotStart(slot);
        summary.slotEnd = summary.slotStart + _slotSeconds;
        summary.reportDeadline = _reportDeadline(slot);
        summary.reportWindowOver = block.timestamp >= summary.reportDeadline;
        summary.openOrders = uint64(book.orderIds.length);
        summary.trades = uint64(book.trades.length);
        summary.sites = uint64(book.sites.length);
        summary.clearingPrice = book.clearingPrice;
        summary.clearedWh = book.clearedWh;
        summary.tariff = _tariffs[slot];
        if (book.cleared) {
            summary.phase = SlotPhase.Cleared;
        } else if (_isSettled(slot)) {
            summary.phase = SlotPhase.Settled;
        } else if (block.timestamp >= summary.gateClosure) {
            summary.phase = SlotPhase.GateClosed;
        }
    }

    function _orderView(uint64 id) private view returns (OrderView memory) {
        Order storage entry = _orders[id];
        return OrderView({
            id: id,
            slot: entry.slot,
            kind: entry.kind,
            account: entry.account,
            site: entry.site,
            counterparty: entry.counterparty,
            energyWh: entry.energyWh,
            pricePerKwh: entry.pricePerKwh
        });
    }

    function _pageSize(uint256 count, uint256 offset, uint256 limit) private pure returns (uint256) {
        if (offset >= count) {
            return 0;
        }
        return count - offset < limit ? count - offset : limit;
    }
}
