using EnergyChain.Core.Numerics;

namespace EnergyChain.Vm.Instructions;

/// <summary>Arithmetic modulo 2^256.</summary>
internal static class ArithmeticOperations
{
    public readonly struct Add : IBinaryOperation
    {
        public static UInt256 Apply(in UInt256 first, in UInt256 second) => UInt256.Add(first, second);
    }

    public readonly struct Mul : IBinaryOperation
    {
        public static UInt256 Apply(in UInt256 first, in UInt256 second) => UInt256.Multiply(first, second);
    }

    public readonly struct Sub : IBinaryOperation
    {
        public static UInt256 Apply(in UInt256 first, in UInt256 second) => UInt256.Subtract(first, second);
    }

    public readonly struct Div : IBinaryOperation
    {
        public static UInt256 Apply(in UInt256 first, in UInt256 second) => UInt256.Divide(first, second);
    }

    public readonly struct Sdiv : IBinaryOperation
    {
        public static UInt256 Apply(in UInt256 first, in UInt256 second) => UInt256.SignedDivide(first, second);
    }

    public readonly struct Mod : IBinaryOperation
    {
        public static UInt256 Apply(in UInt256 first, in UInt256 second) => UInt256.Remainder(first, second);
    }

    public readonly struct Smod : IBinaryOperation
    {
        public static UInt256 Apply(in UInt256 first, in UInt256 second) => UInt256.SignedRemainder(first, second);
    }

    public readonly struct Signextend : IBinaryOperation
    {
        public static UInt256 Apply(in UInt256 first, in UInt256 second) => UInt256.SignExtend(second, first);
    }

    public readonly struct Addmod : ITernaryOperation
    {
        public static UInt256 Apply(in UInt256 first, in UInt256 second, in UInt256 third) =>
            UInt256.AddModulo(first, second, third);
    }

    public readonly struct Mulmod : ITernaryOperation
    {
        public static UInt256 Apply(in UInt256 first, in UInt256 second, in UInt256 third) =>
            UInt256.MultiplyModulo(first, second, third);
    }
}
