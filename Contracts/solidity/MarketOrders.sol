// SPDX-License-Identifier: UNLICENSED
pragma solidity 0.8.37;

import {MarketState} from "./MarketState.sol";
import "./MarketTypes.sol";

/// @title Before the gate closes: tariffs, orders, direct offers
abstract contract MarketOrders is MarketState {
    /// @notice Operator only: retail and feed-in tariffs of consecutive slots whose gates are open. The retail
    /// tariff decides the compensation of a shortfall; a slot without a tariff compensates nothing.
    function publishTariffs(uint64 firstSlot, uint96[] calldata retail, uint96[] calldata feedIn) external {
        require(msg.sender == _operator, NotOperator(msg.sender));
        require(
            retail.length == feedIn.length && retail.length <= MAX_SLOTS_AHEAD,
            TariffCount(retail.length, feedIn.length, MAX_SLOTS_AHEAD)
        );
        for (uint256 k = 0; k < retail.length; k++) {
            uint64 slot = firstSlot + uint64(k);
            _requireGateOpen(slot);
            _requirePrice(retail[k]);
            _requirePrice(feedIn[k]);
            _tariffs[slot] = Tariff({retailPerKwh: retail[k], feedInPerKwh: feedIn[k], published: true});
            emit TariffPublished(slot, retail[k], feedIn[k]);
        }
    }

    /// @notice Enters an order into the slot's auction. The value sent is exactly what it locks: for a buy order
    /// energy x (limit price + grid fee), for a sell order energy x collateral rate.
    function placeOrder(uint64 slot, uint32 site, OrderKind kind, uint32 energyWh, uint96 limitPricePerKwh)
        external
        payable
        nonReentrant
        returns (uint64 id)
    {
        require(kind == OrderKind.Buy || kind == OrderKind.Sell, InvalidKind(kind));
        uint256 locked;
        (id, locked) = _place(slot, site, kind, energyWh, limitPricePerKwh, 0);
        emit OrderPlaced(slot, id, site, msg.sender, kind, energyWh, limitPricePerKwh, locked);
    }

    /// @notice Offers energy at a fixed price to one site, or to all where `counterparty` is 0. The value sent is
    /// exactly the collateral. What of an offer to all is left at gate closure joins the auction as a sell order.
    function offer(uint64 slot, uint32 site, uint32 energyWh, uint96 pricePerKwh, uint32 counterparty)
        external
        payable
        nonReentrant
        returns (uint64 id)
    {
        require(counterparty != site, OwnOffer(0, site));
        uint256 locked;
        (id, locked) = _place(slot, site, OrderKind.Offer, energyWh, pricePerKwh, counterparty);
        emit OfferPlaced(slot, id, site, msg.sender, counterparty, energyWh, pricePerKwh, locked);
    }

    /// @notice Accepts a direct offer in part or whole for `site`: a trade at the offer's price at once. The value
    /// sent is exactly energy x (price + grid fee).
    function acceptOffer(uint64 id, uint32 site, uint32 energyWh)
        external
        payable
        nonReentrant
        returns (uint64 tradeId)
    {
        Order storage entry = _orders[id];
        require(entry.kind != OrderKind.None, UnknownOrder(id));
        require(entry.kind == OrderKind.Offer, NotAnOffer(id));
        uint64 slot = entry.slot;
        _requireGateOpen(slot);
        _requireSiteAccount(site);
        require(entry.site != site, OwnOffer(id, site));
        require(entry.counterparty == 0 || entry.counterparty == site, NotCounterparty(id, site));
        require(energyWh != 0, EnergyOutOfRange(energyWh, MAX_ENERGY_WH));
        require(energyWh <= entry.energyWh, EnergyAboveOffer(id, energyWh, entry.energyWh));
        uint256 escrow = _money(energyWh, uint256(entry.pricePerKwh) + _gridFeePerKwh);
        require(msg.value == escrow, WrongValue(escrow, msg.value));

        Book storage book = _books[slot];
        uint256 made = book.trades.length;
        require(made < MAX_DIRECT_TRADES_PER_SLOT, BookFull(slot, MAX_DIRECT_TRADES_PER_SLOT));
        Position storage position = _openPosition(slot, site);
        require(
            position.accepted < MAX_DIRECT_TRADES_PER_SITE,
            SiteBookFull(slot, site, MAX_DIRECT_TRADES_PER_SITE)
        );
        position.accepted++;
        _positions[slot][entry.site].sold++;
        escrowHeld += uint128(escrow);

        Trade memory trade = Trade({
            seller: entry.account,
            sellerSite: entry.site,
            buyerSite: site,
            energyWh: energyWh,
            buyer: msg.sender,
            pricePerKwh: entry.pricePerKwh
        });
        tradeId = _addTrade(book, slot, trade, 0, id);
        if (energyWh == entry.energyWh) {
            _removeOrder(id, entry);
        } else {
            entry.energyWh -= energyWh;
        }
    }

    /// @notice Takes back what is still open of an order or offer, before the gate closes.
    function cancelOrder(uint64 id) external nonReentrant {
        Order storage entry = _orders[id];
        require(entry.kind != OrderKind.None, UnknownOrder(id));
        require(entry.account == msg.sender, NotOrderOwner(id, msg.sender));
        uint64 slot = entry.slot;
        uint32 site = entry.site;
        uint32 energyWh = entry.energyWh;
        _requireGateOpen(slot);
        uint256 locked = _lockedFor(entry.kind, energyWh, entry.pricePerKwh);
        _unlock(entry.kind, locked);
        _removeOrder(id, entry);
        _closePositionIfEmpty(slot, site);
        emit OrderCancelled(slot, id, site, energyWh, locked);
        _pay(msg.sender, locked);
    }

    function _place(
        uint64 slot,
        uint32 site,
        OrderKind kind,
        uint32 energyWh,
        uint96 pricePerKwh,
        uint32 counterparty
    ) private returns (uint64 id, uint256 locked) {
        _requireGateOpen(slot);
        _requireSiteAccount(site);
        require(energyWh != 0 && energyWh <= MAX_ENERGY_WH, EnergyOutOfRange(energyWh, MAX_ENERGY_WH));
        _requirePrice(pricePerKwh);
        locked = _lockedFor(kind, energyWh, pricePerKwh);
        require(msg.value == locked, WrongValue(locked, msg.value));

        uint64[] storage ids = _books[slot].orderIds;
        require(ids.length < MAX_ORDERS_PER_SLOT, BookFull(slot, MAX_ORDERS_PER_SLOT));
        Position storage position = _openPosition(slot, site);
        require(position.openOrders < MAX_ORDERS_PER_SITE, SiteBookFull(slot, site, MAX_ORDERS_PER_SITE));
        position.openOrders++;
        id = ++_lastOrderId;
        _orders[id] = Order({
            account: msg.sender,
            site: site,
            energyWh: energyWh,
            index: uint16(ids.length),
            kind: kind,
            pricePerKwh: pricePerKwh,
            slot: slot,
            counterparty: counterparty
        });
        ids.push(id);
        if (kind == OrderKind.Buy) {
            escrowHeld += uint128(locked);
        } else {
            collateralHeld += uint128(locked);
        }
    }

    function _addTrade(Book storage book, uint64 slot, Trade memory trade, uint64 buyOrderId, uint64 sellOrderId)
        internal
        returns (uint64 tradeId)
    {
        tradeId = _tradeId(slot, book.trades.length);
        book.trades.push(trade);
        emit TradeMade(slot, tradeId, buyOrderId, sellOrderId, _tradeView(tradeId, trade));
    }

    function _lockedFor(OrderKind kind, uint32 energyWh, uint96 pricePerKwh) internal view returns (uint256) {
        return kind == OrderKind.Buy
            ? _money(energyWh, uint256(pricePerKwh) + _gridFeePerKwh)
            : _money(energyWh, _collateralPerKwh);
    }

    function _unlock(OrderKind kind, uint256 amount) internal {
        if (kind == OrderKind.Buy) {
            escrowHeld -= uint128(amount);
        } else {
            collateralHeld -= uint128(amount);
        }
    }

    function _tradeId(uint64 slot, uint256 index) internal pure returns (uint64) {
        return (slot << 16) | uint64(index);
    }

    function _tradeView(uint64 id, Trade memory trade) internal pure returns (TradeView memory) {
        return TradeView({
            id: id,
            sellerSite: trade.sellerSite,
            buyerSite: trade.buyerSite,
            seller: trade.seller,
            buyer: trade.buyer,
            energyWh: trade.energyWh,
            pricePerKwh: trade.pricePerKwh
        });
    }

    function _requirePrice(uint96 pricePerKwh) private pure {
        require(pricePerKwh <= MAX_PRICE_PER_KWH, PriceOutOfRange(pricePerKwh, MAX_PRICE_PER_KWH));
        require(pricePerKwh % PRICE_STEP == 0, PriceNotOnStep(pricePerKwh, PRICE_STEP));
    }
}
