namespace EnergyChain.Vm;

/// <summary>
/// How an execution ended. All but success undo its changes; all but success and revert use up its gas.
/// </summary>
public enum ExecutionStatus
{
    Success,
    Revert,
    OutOfGas,
    InvalidOpcode,
    StackUnderflow,
    StackOverflow,
    InvalidJump,

    /// <summary>A change of state inside STATICCALL.</summary>
    StaticViolation,

    /// <summary>RETURNDATACOPY beyond the return data (EIP-211).</summary>
    ReturnDataOutOfBounds,

    /// <summary>The call depth of 1024 is reached: the call is not made and no gas is used.</summary>
    CallTooDeep,

    /// <summary>The caller's balance is under the value: the call is not made and no gas is used.</summary>
    InsufficientBalance,

    /// <summary>The creator's nonce is 2^64-1 (EIP-2681): nothing is created and no gas is used.</summary>
    NonceOverflow,

    /// <summary>The new contract's address is in use (EIP-684, EIP-7610).</summary>
    CreateCollision,

    /// <summary>Deployed code over 24,576 bytes (EIP-170).</summary>
    CodeTooLarge,

    /// <summary>Init code over 49,152 bytes (EIP-3860).</summary>
    InitCodeTooLarge,

    /// <summary>Deployed code that starts with 0xEF (EIP-3541).</summary>
    InvalidCodePrefix,

    /// <summary>A precompile refused its input.</summary>
    PrecompileFailure,
}
