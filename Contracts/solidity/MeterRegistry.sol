// SPDX-License-Identifier: UNLICENSED
pragma solidity 0.8.37;

import {IEnergyMarket} from "./IEnergyMarket.sol";
import {IGreenCertificate} from "./IGreenCertificate.sol";
import {IMeterRegistry} from "./IMeterRegistry.sol";
import {Payments} from "./Payments.sol";

/// @title Sites, their meters, and what the meters measured
/// @notice Predeployed in genesis: no constructor, every parameter is genesis storage. Energy in Wh, money in
/// base units (10^-18 ENC), time in unix seconds. Slot = floor(block.timestamp / slotSeconds).
/// @dev This contract's own balance (less credits) is the issuance reserve that rewards are paid from.
contract MeterRegistry is IMeterRegistry, Payments {
    enum DeviceStatus {
        Unknown,
        Active,
        Revoked
    }

    struct Device {
        uint32 site;
        uint32 ratedPowerW;
        uint8 source;
        DeviceStatus status;
        bool reported;
        uint64 lastSlot;
        uint64 lastSequence;
        uint64 importCounterWh;
        uint64 exportCounterWh;
        uint64 productionCounterWh;
    }

    /// @notice What a device measured in one slot. Counters are the meter's lifetime registers at slot end.
    struct MeterRecord {
        uint64 slot;
        uint64 importedWh;
        uint64 exportedWh;
        uint64 producedWh;
        uint64 consumedWh;
        uint64 socWh;
        uint64 importCounterWh;
        uint64 exportCounterWh;
        uint64 productionCounterWh;
        uint64 sequence;
        bytes32 readingsHash;
    }

    struct RegistryParameters {
        uint64 slotSeconds;
        uint64 energySlotSeconds;
        uint64 reportWindowSeconds;
        address operator;
        address market;
        address certificate;
        uint256 rewardPerKwh;
        uint64[8] halvingThresholdsWh;
    }

    /// @notice Energy source of a device that makes nothing renewable (0), or of a certificate (1 to 3).
    uint8 public constant MAX_SOURCE = 3;
    uint256 public constant MAX_HALVINGS = 8;

    uint64 private _slotSeconds;
    /// @dev Delivery time that one slot stands for: slotSeconds on a real chain, 3600 in a demo that
    /// squeezes an hour of data into two seconds.
    uint64 private _energySlotSeconds;
    uint64 private _reportWindowSeconds;
    address private _operator;
    address private _market;
    address private _certificate;
    uint256 private _rewardPerKwh;
    /// @dev Ascending cumulative energies at which the reward halves; zero ends the list.
    uint64[MAX_HALVINGS] private _halvingThresholdsWh;

    /// @notice Renewable Wh accepted since genesis; drives the halving.
    uint256 public rewardedWh;

    mapping(uint32 site => address account) private _siteAccounts;
    mapping(address device => Device) private _devices;

    event SiteRegistered(uint32 indexed site, address indexed account);
    event DeviceRegistered(address indexed device, uint32 indexed site, uint32 ratedPowerW, uint8 source);
    event DeviceRevoked(address indexed device, uint32 indexed site);
    event CounterResetAccepted(address indexed device, uint32 indexed site);
    event RecordAccepted(
        uint64 indexed slot, address indexed device, uint32 indexed site, MeterRecord record, bool late
    );
    event RewardPaid(
        uint64 indexed slot, address indexed account, uint32 indexed site, uint64 energyWh, uint256 amount
    );

    error NotOperator(address caller);
    error InvalidSite(uint32 site);
    error InvalidAccount(address account);
    error SiteAlreadyRegistered(uint32 site);
    error UnknownSite(uint32 site);
    error InvalidRatedPower(uint32 ratedPowerW);
    error InvalidSource(uint8 source);
    error DeviceAlreadyRegistered(address device);
    error UnknownDevice(address device);
    error RevokedDevice(address device);
    error SlotNotEnded(uint64 slot, uint256 slotEnd, uint256 timeNow);
    error DuplicateRecord(uint64 slot, uint64 lastSlot);
    error SequenceNotAbove(uint64 sequence, uint64 lastSequence);
    error CounterBelowLast(uint8 counter, uint64 value, uint64 lastValue);
    error EnergyAboveCounter(uint8 counter, uint64 energyWh, uint64 counterStepWh);
    error EnergyAboveRatedPower(uint64 energyWh, uint256 maximumWh);

    modifier onlyOperator() {
        require(msg.sender == _operator, NotOperator(msg.sender));
        _;
    }

    function registerSite(uint32 site, address account) external onlyOperator {
        require(site != 0, InvalidSite(site));
        require(account != address(0), InvalidAccount(account));
        require(_siteAccounts[site] == address(0), SiteAlreadyRegistered(site));
        _siteAccounts[site] = account;
        emit SiteRegistered(site, account);
    }

    /// @param source 0 for a meter of nothing renewable, else the certificate source of `producedWh`.
    function registerDevice(address device, uint32 site, uint32 ratedPowerW, uint8 source) external onlyOperator {
        require(device != address(0), InvalidAccount(device));
        require(_siteAccounts[site] != address(0), UnknownSite(site));
        require(ratedPowerW != 0, InvalidRatedPower(ratedPowerW));
        require(source <= MAX_SOURCE, InvalidSource(source));
        Device storage entry = _devices[device];
        require(entry.status == DeviceStatus.Unknown, DeviceAlreadyRegistered(device));
        entry.site = site;
        entry.ratedPowerW = ratedPowerW;
        entry.source = source;
        entry.status = DeviceStatus.Active;
        emit DeviceRegistered(device, site, ratedPowerW, source);
    }

    function revokeDevice(address device) external onlyOperator {
        Device storage entry = _activeDevice(device);
        entry.status = DeviceStatus.Revoked;
        emit DeviceRevoked(device, entry.site);
    }

    /// @notice After a meter was swapped or reset on purpose: its next record sets new counters.
    function acceptCounterReset(address device) external onlyOperator {
        Device storage entry = _activeDevice(device);
        entry.reported = false;
        entry.importCounterWh = 0;
        entry.exportCounterWh = 0;
        entry.productionCounterWh = 0;
        emit CounterResetAccepted(device, entry.site);
    }

    /// @notice Called by the device itself: its key signs the transaction, another account may pay the gas.
    /// @dev Records of a device come in slot order. After the report window a record still counts for the
    /// counters, the reward and the certificates, but no longer for the market.
    function submitRecord(MeterRecord calldata record) external nonReentrant {
        Device storage entry = _activeDevice(msg.sender);
        uint256 slotEnd = (uint256(record.slot) + 1) * _slotSeconds;
        require(block.timestamp >= slotEnd, SlotNotEnded(record.slot, slotEnd, block.timestamp));
        _requireInOrder(entry, record);
        _requirePlausible(entry, record);

        uint32 site = entry.site;
        entry.reported = true;
        entry.lastSlot = record.slot;
        entry.lastSequence = record.sequence;
        entry.importCounterWh = record.importCounterWh;
        entry.exportCounterWh = record.exportCounterWh;
        entry.productionCounterWh = record.productionCounterWh;
        bool late = block.timestamp >= slotEnd + _reportWindowSeconds;
        emit RecordAccepted(record.slot, msg.sender, site, record, late);

        if (!late && record.exportedWh != 0) {
            IEnergyMarket(_market).recordExport(record.slot, site, record.exportedWh);
        }
        if (entry.source != 0 && record.producedWh != 0) {
            _reward(record.slot, site, entry.source, record.producedWh);
        }
    }

    function siteAccount(uint32 site) external view returns (address) {
        return _siteAccounts[site];
    }

    function deviceOf(address device) external view returns (Device memory) {
        return _devices[device];
    }

    function parameters() external view returns (RegistryParameters memory) {
        return RegistryParameters({
            slotSeconds: _slotSeconds,
            energySlotSeconds: _energySlotSeconds,
            reportWindowSeconds: _reportWindowSeconds,
            operator: _operator,
            market: _market,
            certificate: _certificate,
            rewardPerKwh: _rewardPerKwh,
            halvingThresholdsWh: _halvingThresholdsWh
        });
    }

    /// @notice Base units left to pay rewards from.
    function reserve() public view returns (uint256) {
        return address(this).balance - totalCredits;
    }

    /// @notice The reward that the next `energyWh` would earn from an unlimited reserve.
    /// @dev Each stretch between two thresholds is rounded down to a base unit on its own.
    function rewardFor(uint256 energyWh) public view returns (uint256 amount) {
        uint256 from = rewardedWh;
        uint256 to = from + energyWh;
        uint256 rate = _rewardPerKwh;
        for (uint256 k = 0; k < MAX_HALVINGS && from < to; k++) {
            uint256 threshold = _halvingThresholdsWh[k];
            if (threshold == 0) {
                break;
            }
            if (from < threshold) {
                uint256 until = to < threshold ? to : threshold;
                amount += (until - from) * rate / 1000;
                from = until;
            }
            rate /= 2;
        }
        amount += (to - from) * rate / 1000;
    }

    function _reward(uint64 slot, uint32 site, uint8 source, uint64 energyWh) private {
        address account = _siteAccounts[site];
        uint256 amount = rewardFor(energyWh);
        uint256 left = reserve();
        if (amount > left) {
            amount = left;
        }
        rewardedWh += energyWh;
        emit RewardPaid(slot, account, site, energyWh, amount);
        IGreenCertificate(_certificate).mint(account, slot, source, energyWh);
        _pay(account, amount);
    }

    function _activeDevice(address device) private view returns (Device storage entry) {
        entry = _devices[device];
        require(entry.status != DeviceStatus.Unknown, UnknownDevice(device));
        require(entry.status != DeviceStatus.Revoked, RevokedDevice(device));
    }

    /// @dev lastSlot and lastSequence survive a counter reset, so that no slot is reported twice.
    function _requireInOrder(Device storage entry, MeterRecord calldata record) private view {
        if (entry.lastSequence == 0 && entry.lastSlot == 0) {
            return;
        }
        require(record.slot > entry.lastSlot, DuplicateRecord(record.slot, entry.lastSlot));
        require(record.sequence > entry.lastSequence, SequenceNotAbove(record.sequence, entry.lastSequence));
    }

    function _requirePlausible(Device storage entry, MeterRecord calldata record) private view {
        uint256 maximumWh = uint256(entry.ratedPowerW) * _energySlotSeconds / 3600;
        _requireWithinRatedPower(record.importedWh, maximumWh);
        _requireWithinRatedPower(record.exportedWh, maximumWh);
        _requireWithinRatedPower(record.producedWh, maximumWh);
        _requireWithinRatedPower(record.consumedWh, maximumWh);
        if (entry.reported) {
            _requireCounter(0, record.importedWh, record.importCounterWh, entry.importCounterWh);
            _requireCounter(1, record.exportedWh, record.exportCounterWh, entry.exportCounterWh);
            _requireCounter(2, record.producedWh, record.productionCounterWh, entry.productionCounterWh);
        }
    }

    function _requireWithinRatedPower(uint64 energyWh, uint256 maximumWh) private pure {
        require(energyWh <= maximumWh, EnergyAboveRatedPower(energyWh, maximumWh));
    }

    function _requireCounter(uint8 counter, uint64 energyWh, uint64 value, uint64 lastValue) private pure {
        require(value >= lastValue, CounterBelowLast(counter, value, lastValue));
        require(energyWh <= value - lastValue, EnergyAboveCounter(counter, energyWh, value - lastValue));
    }
}
