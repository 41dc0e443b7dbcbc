using EnergyChain.Core.Numerics;

namespace EnergyChain.Vm.Instructions;

/// <summary>Comparisons, bits and shifts.</summary>
internal static class LogicOperations
{
    public readonly struct Lt : IBinaryOperation
    {
        public static UInt256 Apply(in UInt256 first, in UInt256 second) => first < second ? UInt256.One : UInt256.Zero;
    }

    public readonly struct Gt : IBinaryOperation
    {
        public static UInt256 Apply(in UInt256 first, in UInt256 second) => first > second ? UInt256.One : UInt256.Zero;
    }

    public readonly struct Slt : IBinaryOperation
    {
        public static UInt256 Apply(in UInt256 first, in UInt256 second) =>
            UInt256.SignedLess(first, second) ? UInt256.One : UInt256.Zero;
    }

    public readonly struct Sgt : IBinaryOperation
    {
        public static UInt256 Apply(in UInt256 first, in UInt256 second) =>
            UInt256.SignedLess(second, first) ? UInt256.One : UInt256.Zero;
    }

    public readonly struct Eq : IBinaryOperation
    {
        public static UInt256 Apply(in UInt256 first, in UInt256 second) =>
            first == second ? UInt256.One : UInt256.Zero;
    }

    public readonly struct Iszero : IUnaryOperation
    {
        public static UInt256 Apply(in UInt256 value) => value.IsZero ? UInt256.One : UInt256.Zero;
    }

    public readonly struct And : IBinaryOperation
    {
        public static UInt256 Apply(in UInt256 first, in UInt256 second) => UInt256.And(first, second);
    }

    public readonly struct Or : IBinaryOperation
    {
        public static UInt256 Apply(in UInt256 first, in UInt256 second) => UInt256.Or(first, second);
    }

    public readonly struct Xor : IBinaryOperation
    {
        public static UInt256 Apply(in UInt256 first, in UInt256 second) => UInt256.Xor(first, second);
    }

    public readonly struct Not : IUnaryOperation
    {
        public static UInt256 Apply(in UInt256 value) => UInt256.Not(value);
    }

    public readonly struct Byte : IBinaryOperation
    {
        public static UInt256 Apply(in UInt256 first, in UInt256 second) => UInt256.Byte(second, first);
    }

    public readonly struct Shl : IBinaryOperation
    {
        public static UInt256 Apply(in UInt256 first, in UInt256 second) => UInt256.ShiftLeft(second, first);
    }

    public readonly struct Shr : IBinaryOperation
    {
        public static UInt256 Apply(in UInt256 first, in UInt256 second) => UInt256.ShiftRight(second, first);
    }

    public readonly struct Sar : IBinaryOperation
    {
        public static UInt256 Apply(in UInt256 first, in UInt256 second) => UInt256.ShiftRightSigned(second, first);
    }
}
