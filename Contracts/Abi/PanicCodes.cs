using EnergyChain.Core.Numerics;

namespace EnergyChain.Contracts.Abi;

/// <summary>What the codes of Solidity's Panic(uint256) mean (Solidity documentation, "Panic via assert").</summary>
public static class PanicCodes
{
    public static string Describe(UInt256 code) => !code.FitsUInt64 ? "unknown panic" : (ulong)code switch
    {
        0x00 => "generic panic of the compiler",
        0x01 => "assertion failed",
        0x11 => "arithmetic overflow or underflow",
        0x12 => "division or modulo by zero",
        0x21 => "value out of range of its enumeration",
        0x22 => "badly encoded storage byte array",
        0x31 => "pop of an empty array",
        0x32 => "array index out of bounds",
        0x41 => "too much memory asked for",
        0x51 => "call of a function variable that was never set",
        _ => "unknown panic",
    };
}
