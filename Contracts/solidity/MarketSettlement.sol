// SPDX-License-Identifier: UNLICENSED
pragma solidity 0.8.37;

import {IEnergyMarket} from "./IEnergyMarket.sol";
import {IGreenCertificate} from "./IGreenCertificate.sol";
import {MarketClearing} from "./MarketClearing.sol";
import "./MarketTypes.sol";
import {Sorting} from "./Sorting.sol";

/// @title After the report window: what was delivered is paid
abstract contract MarketSettlement is MarketClearing, IEnergyMarket {
    /// @dev Delivered Wh and the seller's metered export, by place of the trade.
    struct Delivery {
        uint32[] deliveredWh;
        uint64[] exportedWh;
    }

    function recordExport(uint64 slot, uint32 site, uint64 exportedWh) external {
        require(msg.sender == _registry, NotRegistry(msg.sender));
        Position storage position = _positions[slot][site];
        if (position.listed) {
            position.exportedWh += exportedWh;
            emit ExportRecorded(slot, site, exportedWh);
        }
    }

    /// @notice Settles a slot once its report window is over. Anyone may call it, once. It clears the slot first
    /// where nobody did. A slot nobody traded in settles to nothing.
    function settle(uint64 slot) external nonReentrant {
        uint256 deadline = _reportDeadline(slot);
        require(block.timestamp >= deadline, ReportWindowOpen(slot, deadline, block.timestamp));
        Book storage book = _books[slot];
        require(!_isSettled(slot), SlotAlreadySettled(slot));
        _clear(slot);

        Trade[] memory trades = book.trades;
        uint96 retailPerKwh = _tariffs[slot].retailPerKwh;
        Delivery memory delivery = _deliveries(slot, trades);
        _forget(slot, book);
        if (slot > _lastSettledSlot) {
            _lastSettledSlot = slot;
        }

        SettledTrade[] memory lines = new SettledTrade[](trades.length);
        SettledSlot memory sums;
        sums.trades = uint64(trades.length);
        for (uint256 k = 0; k < trades.length; k++) {
            SettledTrade memory line =
                _line(trades[k], delivery.deliveredWh[k], delivery.exportedWh[k], retailPerKwh);
            lines[k] = line;
            sums.soldWh += line.soldWh;
            sums.deliveredWh += line.deliveredWh;
            sums.paid += line.paid;
            sums.fees += line.fee;
            sums.compensation += line.compensation;
            escrowHeld -= uint128(line.paid + line.fee + line.escrowReturned);
            collateralHeld -= uint128(line.compensation + line.collateralReturned);
        }
        _moveCertificates(slot, trades, lines);
        for (uint256 k = 0; k < trades.length; k++) {
            emit TradeSettled(slot, _tradeId(slot, k), lines[k]);
            _pay(trades[k].seller, lines[k].paid + lines[k].collateralReturned);
            _pay(trades[k].buyer, lines[k].escrowReturned + lines[k].compensation);
        }
        emit SlotSettled(slot, sums);
        _pay(_gridAccount, sums.fees);
    }

    /// @dev Each seller's delivery min(sold, exported), shared over its trades.
    function _deliveries(uint64 slot, Trade[] memory trades) private view returns (Delivery memory delivery) {
        uint256 count = trades.length;
        delivery.deliveredWh = new uint32[](count);
        delivery.exportedWh = new uint64[](count);
        uint256[] memory bySeller = new uint256[](count);
        for (uint256 k = 0; k < count; k++) {
            bySeller[k] = (uint256(trades[k].sellerSite) << 16) | k;
        }
        bySeller = Sorting.ascending(bySeller);
        uint256 start = 0;
        while (start < count) {
            uint32 seller = uint32(bySeller[start] >> 16);
            uint256 end = start;
            uint256 soldWh = 0;
            while (end < count && bySeller[end] >> 16 == seller) {
                soldWh += trades[uint16(bySeller[end])].energyWh;
                end++;
            }
            uint64 exportedWh = _positions[slot][seller].exportedWh;
            for (uint256 k = start; k < end; k++) {
                delivery.exportedWh[uint16(bySeller[k])] = exportedWh;
            }
            uint256 deliveredWh = exportedWh < soldWh ? exportedWh : soldWh;
            _share(trades, delivery.deliveredWh, bySeller, start, end, soldWh, deliveredWh);
            start = end;
        }
    }

    /// @dev Pro rata: floor(energy x delivered / sold) each, what is left by largest remainder, one Wh each, ties
    /// to the earlier trade. So the parts add up to `totalWh` exactly.
    function _share(
        Trade[] memory trades,
        uint32[] memory deliveredWh,
        uint256[] memory bySeller,
        uint256 start,
        uint256 end,
        uint256 soldWh,
        uint256 totalWh
    ) private pure {
        uint256[] memory byRemainder = new uint256[](end - start);
        uint256 leftWh = totalWh;
        for (uint256 k = start; k < end; k++) {
            uint256 place = uint16(bySeller[k]);
            uint256 product = trades[place].energyWh * totalWh;
            deliveredWh[place] = uint32(product / soldWh);
            leftWh -= product / soldWh;
            byRemainder[k - start] = ((soldWh - product % soldWh) << 16) | place;
        }
        if (leftWh == 0) {
            return;
        }
        byRemainder = Sorting.ascending(byRemainder);
        for (uint256 k = 0; k < leftWh; k++) {
            deliveredWh[uint16(byRemainder[k])] += 1;
        }
    }

    /// @dev The buyer pays what was delivered and gets back the rest; the seller's collateral pays what a retailer
    /// charges the buyer above the price for the rest, never more than there is.
    function _line(Trade memory trade, uint32 deliveredWh, uint64 exportedWh, uint96 retailPerKwh)
        private
        view
        returns (SettledTrade memory line)
    {
        uint32 shortWh = trade.energyWh - deliveredWh;
        uint256 collateral = _money(trade.energyWh, _collateralPerKwh);
        uint256 compensation =
            retailPerKwh > trade.pricePerKwh ? _money(shortWh, retailPerKwh - trade.pricePerKwh) : 0;
        line.sellerSite = trade.sellerSite;
        line.buyerSite = trade.buyerSite;
        line.soldWh = trade.energyWh;
        line.deliveredWh = deliveredWh;
        line.shortWh = shortWh;
        line.sellerExportedWh = exportedWh;
        line.pricePerKwh = trade.pricePerKwh;
        line.paid = _money(deliveredWh, trade.pricePerKwh);
        line.fee = _money(deliveredWh, _gridFeePerKwh);
        line.compensation = compensation < collateral ? compensation : collateral;
        line.escrowReturned = _money(shortWh, uint256(trade.pricePerKwh) + _gridFeePerKwh);
        line.collateralReturned = collateral - line.compensation;
    }

    function _moveCertificates(uint64 slot, Trade[] memory trades, SettledTrade[] memory lines) private {
        IGreenCertificate certificate = IGreenCertificate(_certificate);
        for (uint256 k = 0; k < trades.length; k++) {
            if (lines[k].deliveredWh != 0) {
                lines[k].certifiedWh = uint32(
                    certificate.moveDelivered(trades[k].seller, trades[k].buyer, slot, lines[k].deliveredWh)
                );
            }
        }
    }

    /// @dev Deletes all that the slot ever stored; its history is in the events.
    function _forget(uint64 slot, Book storage book) private {
        uint32[] memory sites = book.sites;
        for (uint256 k = 0; k < sites.length; k++) {
            delete _positions[slot][sites[k]];
        }
        delete _books[slot];
        delete _tariffs[slot];
    }
}
