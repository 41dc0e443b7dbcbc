using EnergyChain.Core.Numerics;
using EnergyChain.Vm.Interpreter;

namespace EnergyChain.Vm.Instructions;

/// <summary>What a frame knows of its call, its transaction and its block.</summary>
internal static class EnvironmentValues
{
    public readonly struct Address : IEnvironmentValue
    {
        public static UInt256 Read(Frame frame) => Words.FromAddress(frame.Self.Address);
    }

    public readonly struct Origin : IEnvironmentValue
    {
        public static UInt256 Read(Frame frame) => Words.FromAddress(frame.Context.Transaction.Origin);
    }

    public readonly struct Caller : IEnvironmentValue
    {
        public static UInt256 Read(Frame frame) => Words.FromAddress(frame.Caller);
    }

    public readonly struct Callvalue : IEnvironmentValue
    {
        public static UInt256 Read(Frame frame) => frame.Value;
    }

    public readonly struct Calldatasize : IEnvironmentValue
    {
        public static UInt256 Read(Frame frame) => (ulong)frame.Input.Length;
    }

    public readonly struct Codesize : IEnvironmentValue
    {
        public static UInt256 Read(Frame frame) => (ulong)frame.Code.Length;
    }

    public readonly struct Gasprice : IEnvironmentValue
    {
        public static UInt256 Read(Frame frame) => frame.Context.Transaction.GasPrice;
    }

    public readonly struct Returndatasize : IEnvironmentValue
    {
        public static UInt256 Read(Frame frame) => (ulong)frame.ReturnLength;
    }

    public readonly struct Coinbase : IEnvironmentValue
    {
        public static UInt256 Read(Frame frame) => Words.FromAddress(frame.Context.Block.Coinbase);
    }

    public readonly struct Timestamp : IEnvironmentValue
    {
        public static UInt256 Read(Frame frame) => frame.Context.Block.TimestampSeconds;
    }

    public readonly struct Number : IEnvironmentValue
    {
        public static UInt256 Read(Frame frame) => frame.Context.Block.Number.Value;
    }

    public readonly struct Prevrandao : IEnvironmentValue
    {
        public static UInt256 Read(Frame frame) => Words.FromHash(frame.Context.Block.PrevRandao);
    }

    public readonly struct Gaslimit : IEnvironmentValue
    {
        public static UInt256 Read(Frame frame) => frame.Context.Block.GasLimit.Value;
    }

    public readonly struct Chainid : IEnvironmentValue
    {
        public static UInt256 Read(Frame frame) => frame.Context.Block.ChainId.Value;
    }

    public readonly struct Selfbalance : IEnvironmentValue
    {
        public static UInt256 Read(Frame frame) => frame.Self.Balance;
    }

    public readonly struct Basefee : IEnvironmentValue
    {
        public static UInt256 Read(Frame frame) => frame.Context.Block.BaseFee;
    }

    /// <summary>The least blob base fee there is (EIP-7516): this chain has no blobs.</summary>
    public readonly struct Blobbasefee : IEnvironmentValue
    {
        public static UInt256 Read(Frame frame) => UInt256.One;
    }

    public readonly struct Msize : IEnvironmentValue
    {
        public static UInt256 Read(Frame frame) => (ulong)frame.MemorySize;
    }

    public readonly struct Gas : IEnvironmentValue
    {
        public static UInt256 Read(Frame frame) => (ulong)frame.Gas;
    }
}
