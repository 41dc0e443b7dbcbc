// SPDX-License-Identifier: UNLICENSED
pragma solidity 0.8.37;

/// @title Paying out so that no recipient can stop the others
/// @notice Money is pushed with a bounded amount of gas and no return data is copied. A recipient that
/// refuses (or burns its gas) gets a credit instead, which it collects with `withdraw`. So one hostile
/// account costs a settlement at most PAYMENT_GAS per payment and can never revert it.
abstract contract Payments {
    /// @notice Gas handed to a recipient: enough to log a receipt, too little to do harm.
    uint256 public constant PAYMENT_GAS = 10_000;

    /// @notice Base units that a push could not deliver, by account.
    mapping(address account => uint256 amount) public creditOf;

    /// @notice Sum of all credits, part of this contract's balance.
    uint256 public totalCredits;

    bool private transient _entered;

    event PaymentCredited(address indexed account, uint256 amount);
    event CreditWithdrawn(address indexed account, address indexed recipient, uint256 amount);

    error Reentered();
    error NothingToWithdraw(address account);
    error WithdrawRefused(address recipient);

    /// @dev Transient storage: the lock costs 200 gas and cannot outlive the transaction.
    modifier nonReentrant() {
        require(!_entered, Reentered());
        _entered = true;
        _;
        _entered = false;
    }

    /// @notice Pays the caller's credit to `recipient`.
    function withdraw(address recipient) external nonReentrant {
        uint256 amount = creditOf[msg.sender];
        require(amount != 0, NothingToWithdraw(msg.sender));
        delete creditOf[msg.sender];
        totalCredits -= amount;
        emit CreditWithdrawn(msg.sender, recipient, amount);
        (bool paid,) = recipient.call{value: amount}("");
        require(paid, WithdrawRefused(recipient));
    }

    function _pay(address account, uint256 amount) internal {
        if (amount == 0) {
            return;
        }
        uint256 gasForPayment = PAYMENT_GAS;
        bool paid;
        assembly ("memory-safe") {
            paid := call(gasForPayment, account, amount, 0, 0, 0, 0)
        }
        if (!paid) {
            creditOf[account] += amount;
            totalCredits += amount;
            emit PaymentCredited(account, amount);
        }
    }
}
