using BenchmarkDotNet.Attributes;
using EnergyChain.Core.Numerics;

namespace EnergyChain.Benchmarks.Micro;

/// <summary>
/// What one 256-bit operation costs, over 64 operands without a pattern, so that no branch can be learned. Each
/// opcode's nanoseconds over its gas are what a block full of it costs.
/// </summary>
[MemoryDiagnoser]
public class UInt256Benchmarks
{
    private const int Count = 64;

    private readonly UInt256[] _values = new UInt256[Count];
    private UInt256 _divisor;

    [Params(1, 2, 3, 4)]
    public int DivisorLimbs { get; set; }

    [GlobalSetup]
    public void Setup()
    {
        ulong state = 88_172_645_463_325_252;
        for (int i = 0; i < Count; i++)
        {
            _values[i] = new UInt256(Next(ref state), Next(ref state), Next(ref state), Next(ref state));
        }

        _divisor = UInt256.ShiftRight(_values[0], (ulong)(64 * (4 - DivisorLimbs)));
    }

    [Benchmark(OperationsPerInvoke = Count)]
    public UInt256 Multiply() => Fold((in UInt256 left, in UInt256 right) => UInt256.Multiply(left, right));

    [Benchmark(OperationsPerInvoke = Count)]
    public UInt256 Divide() => Fold((in UInt256 left, in UInt256 right) => UInt256.Divide(left, _divisor));

    [Benchmark(OperationsPerInvoke = Count)]
    public UInt256 Remainder() => Fold((in UInt256 left, in UInt256 right) => UInt256.Remainder(left, _divisor));

    [Benchmark(OperationsPerInvoke = Count)]
    public UInt256 AddModulo() =>
        Fold((in UInt256 left, in UInt256 right) => UInt256.AddModulo(left, right, _divisor));

    [Benchmark(OperationsPerInvoke = Count)]
    public UInt256 MultiplyModulo() =>
        Fold((in UInt256 left, in UInt256 right) => UInt256.MultiplyModulo(left, right, _divisor));

    private delegate UInt256 Operation(in UInt256 left, in UInt256 right);

    private UInt256 Fold(Operation operation)
    {
        UInt256 result = default;
        for (int i = 0; i < Count; i++)
        {
            result = UInt256.Xor(result, operation(_values[i], _values[i ^ 1]));
        }

        return result;
    }

    private static ulong Next(ref ulong state)
    {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        return state;
    }
}
