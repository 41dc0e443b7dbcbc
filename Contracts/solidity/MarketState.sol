// SPDX-License-Identifier: UNLICENSED
pragma solidity 0.8.37;

import {IMeterRegistry} from "./IMeterRegistry.sol";
import "./MarketTypes.sol";
import {Payments} from "./Payments.sol";

/// @title Storage, limits, events and errors of the market
abstract contract MarketState is Payments {
    /// @notice Open orders and offers of one slot. With the trade limit it keeps clear and settle within gas.
    uint256 public constant MAX_ORDERS_PER_SLOT = 512;
    /// @notice Open orders and offers of one site in one slot: no site can fill the book.
    uint256 public constant MAX_ORDERS_PER_SITE = 16;
    /// @notice Trades of one slot made by accepting offers; the auction adds at most MAX_ORDERS_PER_SLOT - 1.
    uint256 public constant MAX_DIRECT_TRADES_PER_SLOT = 256;
    /// @notice Trades of one slot that one site may make by accepting offers.
    uint256 public constant MAX_DIRECT_TRADES_PER_SITE = 16;
    /// @notice How many slots ahead of the current one may be traded.
    uint256 public constant MAX_SLOTS_AHEAD = 1024;
    /// @notice Largest energy of an order: 1 GWh.
    uint32 public constant MAX_ENERGY_WH = 1_000_000_000;
    /// @notice Largest price and tariff: a million ENC per kWh.
    uint96 public constant MAX_PRICE_PER_KWH = 1e24;
    /// @notice Prices are multiples of this, so that price x Wh / 1000 is exact for every Wh.
    uint96 public constant PRICE_STEP = 1000;

    uint64 internal _slotSeconds;
    uint64 internal _gateLeadSeconds;
    uint64 internal _reportWindowSeconds;
    uint64 internal _lastOrderId;
    address internal _operator;
    /// @dev Up to it, a slot that stores neither book nor tariff is settled: one word instead of a mark per slot.
    uint64 internal _lastSettledSlot;
    address internal _gridAccount;
    address internal _registry;
    address internal _certificate;
    uint96 internal _gridFeePerKwh;
    uint96 internal _collateralPerKwh;

    /// @notice Buyers' money held: open buy orders and unsettled trades.
    uint128 public escrowHeld;
    /// @notice Sellers' money held: open sell orders and offers, unsettled trades.
    uint128 public collateralHeld;

    mapping(uint64 id => Order) internal _orders;
    mapping(uint64 slot => Book) internal _books;
    mapping(uint64 slot => mapping(uint32 site => Position)) internal _positions;
    mapping(uint64 slot => Tariff) internal _tariffs;

    event TariffPublished(uint64 indexed slot, uint96 retailPerKwh, uint96 feedInPerKwh);
    event OrderPlaced(
        uint64 indexed slot,
        uint64 indexed orderId,
        uint32 indexed site,
        address account,
        OrderKind kind,
        uint32 energyWh,
        uint96 pricePerKwh,
        uint256 locked
    );
    event OfferPlaced(
        uint64 indexed slot,
        uint64 indexed offerId,
        uint32 indexed site,
        address account,
        uint32 counterparty,
        uint32 energyWh,
        uint96 pricePerKwh,
        uint256 locked
    );
    event OrderCancelled(
        uint64 indexed slot, uint64 indexed orderId, uint32 indexed site, uint32 energyWh, uint256 returned
    );
    /// @notice At clearing: what of an order found no partner, and the money that went back at once.
    event OrderClosed(
        uint64 indexed slot, uint64 indexed orderId, uint32 indexed site, uint32 unfilledWh, uint256 returned
    );
    /// @notice buyOrderId is 0 for an accepted offer.
    event TradeMade(
        uint64 indexed slot, uint64 indexed tradeId, uint64 buyOrderId, uint64 sellOrderId, TradeView trade
    );
    event SlotCleared(uint64 indexed slot, uint96 pricePerKwh, uint64 volumeWh, uint64 trades);
    event ExportRecorded(uint64 indexed slot, uint32 indexed site, uint64 exportedWh);
    event TradeSettled(uint64 indexed slot, uint64 indexed tradeId, SettledTrade line);
    event SlotSettled(uint64 indexed slot, SettledSlot sums);

    error NotOperator(address caller);
    error NotRegistry(address caller);
    error UnknownSite(uint32 site);
    error NotSiteAccount(uint32 site, address caller);
    error InvalidKind(OrderKind kind);
    error GateClosed(uint64 slot, uint256 gateClosure, uint256 timeNow);
    error GateOpen(uint64 slot, uint256 gateClosure, uint256 timeNow);
    error SlotTooFar(uint64 slot, uint64 lastSlot);
    error EnergyOutOfRange(uint32 energyWh, uint32 maximumWh);
    error PriceOutOfRange(uint96 pricePerKwh, uint96 maximumPerKwh);
    error PriceNotOnStep(uint96 pricePerKwh, uint96 step);
    error WrongValue(uint256 needed, uint256 sent);
    error BookFull(uint64 slot, uint256 limit);
    error SiteBookFull(uint64 slot, uint32 site, uint256 limit);
    error UnknownOrder(uint64 id);
    error NotOrderOwner(uint64 id, address caller);
    error NotAnOffer(uint64 id);
    error OwnOffer(uint64 id, uint32 site);
    error NotCounterparty(uint64 id, uint32 site);
    error EnergyAboveOffer(uint64 id, uint32 energyWh, uint32 offeredWh);
    error TariffCount(uint256 retail, uint256 feedIn, uint256 limit);
    error ReportWindowOpen(uint64 slot, uint256 reportDeadline, uint256 timeNow);
    error SlotAlreadySettled(uint64 slot);

    function _money(uint256 energyWh, uint256 pricePerKwh) internal pure returns (uint256) {
        return energyWh * pricePerKwh / 1000;
    }

    function _slotStart(uint64 slot) internal view returns (uint256) {
        return uint256(slot) * _slotSeconds;
    }

    function _reportDeadline(uint64 slot) internal view returns (uint256) {
        return _slotStart(slot) + _slotSeconds + _reportWindowSeconds;
    }

    /// @dev Zero where the lead reaches before 1970; such a slot's gate is always closed.
    function _gateClosure(uint64 slot) internal view returns (uint256) {
        uint256 start = _slotStart(slot);
        return start > _gateLeadSeconds ? start - _gateLeadSeconds : 0;
    }

    function _isSettled(uint64 slot) internal view returns (bool) {
        return slot <= _lastSettledSlot && _books[slot].sites.length == 0 && !_tariffs[slot].published;
    }

    function _requireGateOpen(uint64 slot) internal view {
        uint256 gate = _gateClosure(slot);
        require(block.timestamp < gate, GateClosed(slot, gate, block.timestamp));
        uint64 last = uint64(block.timestamp / _slotSeconds + MAX_SLOTS_AHEAD);
        require(slot <= last, SlotTooFar(slot, last));
    }

    function _requireSiteAccount(uint32 site) internal view {
        address account = IMeterRegistry(_registry).siteAccount(site);
        require(account != address(0), UnknownSite(site));
        require(account == msg.sender, NotSiteAccount(site, msg.sender));
    }

    /// @dev A site's position in the slot, listed in the book on first use.
    function _openPosition(uint64 slot, uint32 site) internal returns (Position storage position) {
        position = _positions[slot][site];
        if (!position.listed) {
            Book storage book = _books[slot];
            position.listed = true;
            position.index = uint16(book.sites.length);
            book.sites.push(site);
        }
    }

    /// @dev Forgets a position that holds nothing more; only before the gate, when nothing is metered yet.
    function _closePositionIfEmpty(uint64 slot, uint32 site) internal {
        Position storage position = _positions[slot][site];
        if (position.openOrders != 0 || position.accepted != 0 || position.sold != 0) {
            return;
        }
        uint32[] storage sites = _books[slot].sites;
        uint32 moved = sites[sites.length - 1];
        sites[position.index] = moved;
        _positions[slot][moved].index = position.index;
        sites.pop();
        delete _positions[slot][site];
    }

    function _removeOrder(uint64 id, Order storage order) internal {
        uint64[] storage ids = _books[order.slot].orderIds;
        uint64 moved = ids[ids.length - 1];
        ids[order.index] = moved;
        _orders[moved].index = order.index;
        ids.pop();
        _positions[order.slot][order.site].openOrders--;
        delete _orders[id];
    }
}
