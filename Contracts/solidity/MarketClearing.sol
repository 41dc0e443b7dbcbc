// SPDX-License-Identifier: UNLICENSED
pragma solidity 0.8.37;

import {MarketOrders} from "./MarketOrders.sol";
import "./MarketTypes.sol";
import {Sorting} from "./Sorting.sol";

/// @title At gate closure: the uniform-price auction
abstract contract MarketClearing is MarketOrders {
    /// @dev One side of the auction in memory, best price first, earlier order first among equals.
    struct Side {
        uint64[] ids;
        Order[] orders;
        uint32[] filledWh;
        uint256 count;
    }

    /// @dev Where the walk down both sides stopped.
    struct Walk {
        uint256 bid;
        uint256 ask;
        uint256 volumeWh;
        uint96 lastBidPrice;
        uint96 lastAskPrice;
    }

    /// @notice Runs the auction of a slot whose gate has closed. Anyone may call it, at any time until settlement;
    /// the book is frozen, so the outcome does not depend on when. A second call, or one without a book, does nothing.
    function clear(uint64 slot) external nonReentrant {
        uint256 gate = _gateClosure(slot);
        require(block.timestamp >= gate, GateOpen(slot, gate, block.timestamp));
        _clear(slot);
    }

    function _clear(uint64 slot) internal {
        Book storage book = _books[slot];
        if (book.cleared || book.sites.length == 0) {
            return;
        }
        (Side memory bids, Side memory asks) = _takeOrders(book);
        Walk memory walk = _walk(bids, asks);
        uint96 price = walk.volumeWh == 0 ? 0 : _uniformPrice(bids, asks, walk);
        _makeTrades(book, slot, bids, asks, price);

        book.cleared = true;
        book.clearingPrice = price;
        book.clearedWh = uint64(walk.volumeWh);
        emit SlotCleared(slot, price, uint64(walk.volumeWh), uint64(book.trades.length));
        _closeOrders(slot, bids, price);
        _closeOrders(slot, asks, price);
    }

    /// @dev Moves the book's orders from storage to memory, sorted. An offer to one site does not join the auction:
    /// it goes to the end of the asks beyond `count`, where it only gets its collateral back.
    function _takeOrders(Book storage book) private returns (Side memory bids, Side memory asks) {
        uint64[] memory ids = book.orderIds;
        uint256 bidCount;
        for (uint256 k = 0; k < ids.length; k++) {
            if (_orders[ids[k]].kind == OrderKind.Buy) {
                bidCount++;
            }
        }
        uint256[] memory bidKeys = new uint256[](bidCount);
        uint256[] memory askKeys = new uint256[](ids.length - bidCount);
        uint256 joining;
        bidCount = 0;
        for (uint256 k = 0; k < ids.length; k++) {
            Order storage entry = _orders[ids[k]];
            if (entry.kind == OrderKind.Buy) {
                bidKeys[bidCount++] = (uint256(type(uint96).max - entry.pricePerKwh) << 64) | ids[k];
            } else if (entry.counterparty != 0) {
                askKeys[k - bidCount] = (uint256(1) << 160) | ids[k];
            } else {
                askKeys[k - bidCount] = (uint256(entry.pricePerKwh) << 64) | ids[k];
                joining++;
            }
        }
        bids = _takeSide(bidKeys, bidCount);
        asks = _takeSide(askKeys, joining);
        delete book.orderIds;
    }

    function _takeSide(uint256[] memory keys, uint256 count) private returns (Side memory side) {
        keys = Sorting.ascending(keys);
        side.count = count;
        side.ids = new uint64[](keys.length);
        side.orders = new Order[](keys.length);
        side.filledWh = new uint32[](keys.length);
        for (uint256 k = 0; k < keys.length; k++) {
            uint64 id = uint64(keys[k]);
            side.ids[k] = id;
            side.orders[k] = _orders[id];
            delete _orders[id];
        }
    }

    /// @dev Matches best bid with best ask while they cross.
    function _walk(Side memory bids, Side memory asks) private pure returns (Walk memory walk) {
        uint256 bidLeft = bids.count == 0 ? 0 : bids.orders[0].energyWh;
        uint256 askLeft = asks.count == 0 ? 0 : asks.orders[0].energyWh;
        while (_crosses(bids, asks, walk.bid, walk.ask)) {
            uint256 energyWh = bidLeft < askLeft ? bidLeft : askLeft;
            walk.volumeWh += energyWh;
            walk.lastBidPrice = bids.orders[walk.bid].pricePerKwh;
            walk.lastAskPrice = asks.orders[walk.ask].pricePerKwh;
            bidLeft -= energyWh;
            askLeft -= energyWh;
            if (bidLeft == 0 && ++walk.bid < bids.count) {
                bidLeft = bids.orders[walk.bid].energyWh;
            }
            if (askLeft == 0 && ++walk.ask < asks.count) {
                askLeft = asks.orders[walk.ask].energyWh;
            }
        }
    }

    function _crosses(Side memory bids, Side memory asks, uint256 bid, uint256 ask) private pure returns (bool) {
        return bid < bids.count && ask < asks.count && bids.orders[bid].pricePerKwh >= asks.orders[ask].pricePerKwh;
    }

    /// @dev Midpoint of the interval in which both marginal orders and all unfilled ones are content; an order
    /// filled in part counts as unfilled. Rounded down to the price step.
    function _uniformPrice(Side memory bids, Side memory asks, Walk memory walk) private pure returns (uint96) {
        uint256 low = walk.lastAskPrice;
        uint256 high = walk.lastBidPrice;
        if (walk.bid < bids.count && bids.orders[walk.bid].pricePerKwh > low) {
            low = bids.orders[walk.bid].pricePerKwh;
        }
        if (walk.ask < asks.count && asks.orders[walk.ask].pricePerKwh < high) {
            high = asks.orders[walk.ask].pricePerKwh;
        }
        uint256 middle = (low + high) / 2;
        return uint96(middle - middle % PRICE_STEP);
    }

    /// @dev The same walk again, now that the price is known.
    function _makeTrades(Book storage book, uint64 slot, Side memory bids, Side memory asks, uint96 price) private {
        uint256 bid;
        uint256 ask;
        while (_crosses(bids, asks, bid, ask)) {
            Order memory buy = bids.orders[bid];
            Order memory sell = asks.orders[ask];
            uint32 bidLeft = buy.energyWh - bids.filledWh[bid];
            uint32 askLeft = sell.energyWh - asks.filledWh[ask];
            uint32 energyWh = bidLeft < askLeft ? bidLeft : askLeft;
            Trade memory trade = Trade({
                seller: sell.account,
                sellerSite: sell.site,
                buyerSite: buy.site,
                energyWh: energyWh,
                buyer: buy.account,
                pricePerKwh: price
            });
            _addTrade(book, slot, trade, bids.ids[bid], asks.ids[ask]);
            bids.filledWh[bid] += energyWh;
            asks.filledWh[ask] += energyWh;
            if (energyWh == bidLeft) {
                bid++;
            }
            if (energyWh == askLeft) {
                ask++;
            }
        }
    }

    /// @dev Returns what no trade needs: a bid's escrow above the price, and all that locks unfilled energy.
    function _closeOrders(uint64 slot, Side memory side, uint96 price) private {
        for (uint256 k = 0; k < side.orders.length; k++) {
            Order memory entry = side.orders[k];
            uint32 unfilledWh = entry.energyWh - side.filledWh[k];
            uint256 returned = _lockedFor(entry.kind, unfilledWh, entry.pricePerKwh);
            if (entry.kind == OrderKind.Buy && side.filledWh[k] != 0) {
                returned += _money(side.filledWh[k], entry.pricePerKwh - price);
            }
            _unlock(entry.kind, returned);
            emit OrderClosed(slot, side.ids[k], entry.site, unfilledWh, returned);
            _pay(entry.account, returned);
        }
    }
}
