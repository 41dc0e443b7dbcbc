// SPDX-License-Identifier: UNLICENSED
pragma solidity 0.8.37;

/// @dev Buy and Sell meet in the auction; Offer is a direct offer that a buyer accepts at its price.
enum OrderKind {
    None,
    Buy,
    Sell,
    Offer
}

/// @dev Two storage words. `energyWh` is what is still open; `index` is its place in the slot's list.
struct Order {
    address account;
    uint32 site;
    uint32 energyWh;
    uint16 index;
    OrderKind kind;
    uint96 pricePerKwh;
    uint64 slot;
    uint32 counterparty;
}

/// @dev Two storage words. The trade's id is slot x 65536 + its place in the slot's list.
struct Trade {
    address seller;
    uint32 sellerSite;
    uint32 buyerSite;
    uint32 energyWh;
    address buyer;
    uint96 pricePerKwh;
}

/// @dev What a site has in a slot: open orders, offers it accepted, parts of its offers that others accepted,
/// and what its meters exported.
struct Position {
    bool listed;
    uint16 index;
    uint16 openOrders;
    uint16 accepted;
    uint16 sold;
    uint64 exportedWh;
}

/// @dev The book of a slot; it exists from the first order to settlement.
struct Book {
    uint64[] orderIds;
    Trade[] trades;
    uint32[] sites;
    bool cleared;
    uint96 clearingPrice;
    uint64 clearedWh;
}

struct Tariff {
    uint96 retailPerKwh;
    uint96 feedInPerKwh;
    bool published;
}

struct MarketParameters {
    uint64 slotSeconds;
    uint64 gateLeadSeconds;
    uint64 reportWindowSeconds;
    address operator;
    address gridAccount;
    address registry;
    address certificate;
    uint96 gridFeePerKwh;
    uint96 collateralPerKwh;
}

/// @dev A trade at settlement, line by line. Money in base units, energy in Wh.
struct SettledTrade {
    uint32 sellerSite;
    uint32 buyerSite;
    uint32 soldWh;
    uint32 deliveredWh;
    uint32 shortWh;
    uint64 sellerExportedWh;
    uint32 certifiedWh;
    uint96 pricePerKwh;
    uint256 paid;
    uint256 fee;
    uint256 compensation;
    uint256 escrowReturned;
    uint256 collateralReturned;
}

/// @dev The sums of a settled slot.
struct SettledSlot {
    uint64 trades;
    uint64 soldWh;
    uint64 deliveredWh;
    uint256 paid;
    uint256 fees;
    uint256 compensation;
}

enum SlotPhase {
    Open,
    GateClosed,
    Cleared,
    Settled
}

struct OrderView {
    uint64 id;
    uint64 slot;
    OrderKind kind;
    address account;
    uint32 site;
    uint32 counterparty;
    uint32 energyWh;
    uint96 pricePerKwh;
}

struct TradeView {
    uint64 id;
    uint32 sellerSite;
    uint32 buyerSite;
    address seller;
    address buyer;
    uint32 energyWh;
    uint96 pricePerKwh;
}

struct SlotSummary {
    SlotPhase phase;
    bool reportWindowOver;
    uint64 openOrders;
    uint64 trades;
    uint64 sites;
    uint96 clearingPrice;
    uint64 clearedWh;
    Tariff tariff;
    uint256 gateClosure;
    uint256 slotStart;
    uint256 slotEnd;
    uint256 reportDeadline;
}
