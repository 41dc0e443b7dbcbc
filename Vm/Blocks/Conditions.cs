using EnergyChain.Core.Numerics;

namespace EnergyChain.Vm.Blocks;

/// <summary>The conditions that are tested without making a word of them first.</summary>
internal static class Conditions
{
    /// <summary>Of the first value alone.</summary>
    public readonly struct NotZero : ICondition
    {
        public static bool Holds(in UInt256 first, in UInt256 second) => !first.IsZero;
    }

    public readonly struct Less : ICondition
    {
        public static bool Holds(in UInt256 first, in UInt256 second) => first < second;
    }

    public readonly struct Greater : ICondition
    {
        public static bool Holds(in UInt256 first, in UInt256 second) => first > second;
    }

    public readonly struct SignedLess : ICondition
    {
        public static bool Holds(in UInt256 first, in UInt256 second) => UInt256.SignedLess(first, second);
    }

    public readonly struct SignedGreater : ICondition
    {
        public static bool Holds(in UInt256 first, in UInt256 second) => UInt256.SignedLess(second, first);
    }

    public readonly struct Equal : ICondition
    {
        public static bool Holds(in UInt256 first, in UInt256 second) => first == second;
    }

    /// <summary>Negates a condition.</summary>
    public readonly struct Not<TCondition> : ICondition
        where TCondition : struct, ICondition
    {
        public static bool Holds(in UInt256 first, in UInt256 second) => !TCondition.Holds(first, second);
    }
}
