using System.Numerics;
using CsCheck;
using EnergyChain.Core.Numerics;

namespace EnergyChain.Core.Tests;

/// <summary>Every operation against BigInteger: on all crossed edge values, then on random ones.</summary>
public sealed class UInt256Tests
{
    private static readonly BigInteger Modulus = BigInteger.One << 256;
    private static readonly BigInteger Half = BigInteger.One << 255;

    private static readonly UInt256[] Edges = [.. EdgeValues().Distinct().Select(UInt256.FromBigInteger)];

    private static readonly ulong[] Ends =
        [0, 1, ulong.MaxValue, ulong.MaxValue - 1, 1UL << 63, (1UL << 63) - 1, (1UL << 63) + 1];

    // Limbs at the ends of their range are what the rare corrections of long division need.
    private static readonly Gen<ulong> Limb = Gen.OneOf(
        Gen.ULong,
        Gen.Int[0, 6].Select(static i => Ends[i]));

    private static readonly Gen<UInt256> AnyValue = Gen.Select(
        Limb, Limb, Limb, Limb, Gen.Int[1, 4],
        (a, b, c, d, limbs) => new UInt256(a, limbs > 1 ? b : 0, limbs > 2 ? c : 0, limbs > 3 ? d : 0));

    public static IEnumerable<TestCaseData> Binary()
    {
        yield return Case("Add", UInt256.Add, (a, b) => a + b);
        yield return Case("Subtract", UInt256.Subtract, (a, b) => a - b);
        yield return Case("Multiply", UInt256.Multiply, (a, b) => a * b);
        yield return Case("Divide", UInt256.Divide, (a, b) => b.IsZero ? 0 : a / b);
        yield return Case("Remainder", UInt256.Remainder, (a, b) => b.IsZero ? 0 : a % b);
        yield return Case("SignedDivide", UInt256.SignedDivide, (a, b) => b.IsZero ? 0 : Signed(a) / Signed(b));
        yield return Case("SignedRemainder", UInt256.SignedRemainder, (a, b) => b.IsZero ? 0 : Signed(a) % Signed(b));
        yield return Case("And", UInt256.And, (a, b) => a & b);
        yield return Case("Or", UInt256.Or, (a, b) => a | b);
        yield return Case("Xor", UInt256.Xor, (a, b) => a ^ b);
        yield return Case("Power", UInt256.Power, (a, b) => BigInteger.ModPow(a, b, Modulus));
        yield return Case("ShiftLeft", UInt256.ShiftLeft, (a, b) => b < 256 ? a << (int)b : 0);
        yield return Case("ShiftRight", UInt256.ShiftRight, (a, b) => b < 256 ? a >> (int)b : 0);
        yield return Case("ShiftRightSigned", UInt256.ShiftRightSigned,
            (a, b) => Signed(a) >> (int)BigInteger.Min(b, 300));
        yield return Case("Byte", UInt256.Byte, (a, b) => b < 32 ? (a >> (8 * (31 - (int)b))) & 0xFF : 0);
        yield return Case("SignExtend", UInt256.SignExtend, SignExtend);
        yield return Case("SignedLess", (in UInt256 a, in UInt256 b) => Flag(UInt256.SignedLess(a, b)),
            (a, b) => Signed(a) < Signed(b) ? 1 : 0);
        yield return Case("Less", (in UInt256 a, in UInt256 b) => Flag(a < b), (a, b) => a < b ? 1 : 0);
        yield return Case("CompareTo", (in UInt256 a, in UInt256 b) => Flag(a.CompareTo(b) > 0),
            (a, b) => a > b ? 1 : 0);
        yield return Case("Equals", (in UInt256 a, in UInt256 b) => Flag(a == b), (a, b) => a == b ? 1 : 0);
    }

    [TestCaseSource(nameof(Binary))]
    public void Binary_operation_on_crossed_edge_values_equals_big_integer(Operation actual, Oracle expected)
    {
        foreach (UInt256 left in Edges)
        {
            foreach (UInt256 right in Edges)
            {
                Check(actual, expected, left, right);
            }
        }
    }

    [TestCaseSource(nameof(Binary))]
    public void Binary_operation_on_random_values_equals_big_integer(Operation actual, Oracle expected) =>
        Gen.Select(AnyValue, AnyValue).Sample((left, right) => Check(actual, expected, left, right), iter: 2_000);

    [Test]
    public void Modular_operations_on_crossed_edge_values_equal_big_integer()
    {
        foreach (UInt256 left in Edges)
        {
            foreach (UInt256 right in Edges)
            {
                foreach (UInt256 modulus in Edges)
                {
                    CheckModular(left, right, modulus);
                }
            }
        }
    }

    [Test]
    public void Modular_operations_on_random_values_equal_big_integer() =>
        Gen.Select(AnyValue, AnyValue, AnyValue).Sample(CheckModular, iter: 50_000);

    [Test]
    public void Checked_operators_throw_exactly_when_the_result_does_not_fit()
    {
        foreach (UInt256 left in Edges)
        {
            foreach (UInt256 right in Edges)
            {
                BigInteger a = left.ToBigInteger();
                BigInteger b = right.ToBigInteger();
                CheckOverflow(() => left + right, a + b);
                CheckOverflow(() => left - right, a - b);
                CheckOverflow(() => left * right, a * b);
            }
        }

        Assert.That(() => UInt256.One / UInt256.Zero, Throws.TypeOf<DivideByZeroException>());
        Assert.That(() => UInt256.One % UInt256.Zero, Throws.TypeOf<DivideByZeroException>());
    }

    [Test]
    public void Result_written_over_an_operand_is_right()
    {
        foreach (UInt256 value in Edges)
        {
            UInt256 aliased = value;
            UInt256.AddOverflows(aliased, aliased, out aliased);
            Assert.That(aliased, Is.EqualTo(UInt256.FromBigInteger(value.ToBigInteger() * 2 % Modulus)));
            aliased = value;
            UInt256.MultiplyOverflows(aliased, aliased, out aliased);
            Assert.That(aliased, Is.EqualTo(UInt256.Multiply(value, value)));
            aliased = value;
            UInt256 other = value;
            UInt256.DivideRemainder(aliased, new UInt256(7), out aliased, out other);
            Assert.That(aliased.ToBigInteger() * 7 + other.ToBigInteger(), Is.EqualTo(value.ToBigInteger()));
        }
    }

    [Test]
    public void Quotient_and_remainder_written_over_the_operands_are_right()
    {
        foreach (UInt256 left in Edges)
        {
            foreach (UInt256 right in Edges)
            {
                UInt256 a = left;
                UInt256 b = right;
                UInt256.DivideRemainder(a, b, out a, out b);
                Assert.That((a, b), Is.EqualTo((UInt256.Divide(left, right), UInt256.Remainder(left, right))));
                (a, b) = (left, right);
                UInt256.DivideRemainder(a, b, out b, out a);
                Assert.That((b, a), Is.EqualTo((UInt256.Divide(left, right), UInt256.Remainder(left, right))));
                (a, b) = (left, right);
                UInt256.AddOverflows(a, b, out b);
                UInt256.SubtractUnderflows(b, a, out a);
                Assert.That(a, Is.EqualTo(right));
                (a, b) = (left, right);
                UInt256.MultiplyOverflows(a, b, out b);
                Assert.That(b, Is.EqualTo(UInt256.Multiply(left, right)));
            }
        }
    }

    [Test]
    public void Division_just_below_and_above_multiples_of_the_divisor_equals_big_integer()
    {
        BigInteger[] edges = [.. EdgeValues().Distinct()];
        foreach (BigInteger divisor in edges.Where(static value => !value.IsZero))
        {
            foreach (BigInteger quotient in edges)
            {
                foreach (BigInteger rest in new[] { 0, 1, divisor / 2, divisor - 1 })
                {
                    BigInteger left = (quotient * divisor) + rest;
                    if (left < Modulus && rest < divisor)
                    {
                        UInt256 numerator = UInt256.FromBigInteger(left);
                        UInt256.DivideRemainder(
                            numerator, UInt256.FromBigInteger(divisor), out UInt256 q, out UInt256 r);
                        if (q.ToBigInteger() != quotient || r.ToBigInteger() != rest)
                        {
                            Assert.Fail($"{left} / {divisor} gave {q}, rest {r}");
                        }
                    }
                }
            }
        }
    }

    [Test]
    public void Text_and_bytes_round_trip()
    {
        Span<byte> word = stackalloc byte[32];
        foreach (UInt256 value in Edges)
        {
            value.WriteBigEndian(word);
            Assert.That(UInt256.FromBigEndian(word), Is.EqualTo(value));
            Assert.That(UInt256.TryParse(value.ToString(), out UInt256 parsed), Is.True);
            Assert.That(parsed, Is.EqualTo(value));
            Assert.That(UInt256.TryParse("0x" + value.ToBigInteger().ToString("x"), out parsed), Is.True);
            Assert.That(parsed, Is.EqualTo(value));
            Assert.That(value.BitLength, Is.EqualTo((int)value.ToBigInteger().GetBitLength()));
        }
    }

    public delegate UInt256 Operation(in UInt256 left, in UInt256 right);

    public delegate BigInteger Oracle(BigInteger left, BigInteger right);

    private static TestCaseData Case(string name, Operation actual, Oracle expected) =>
        new TestCaseData(actual, expected).SetArgDisplayNames(name);

    private static UInt256 Flag(bool value) => value ? UInt256.One : UInt256.Zero;

    private static BigInteger Signed(BigInteger value) => value >= Half ? value - Modulus : value;

    private static BigInteger Wrap(BigInteger value)
    {
        BigInteger rest = value % Modulus;
        return rest.Sign < 0 ? rest + Modulus : rest;
    }

    private static BigInteger SignExtend(BigInteger value, BigInteger index)
    {
        if (index >= 31)
        {
            return value;
        }

        BigInteger range = BigInteger.One << (8 * ((int)index + 1));
        BigInteger low = value % range;
        return low >= range / 2 ? low - range : low;
    }

    private static void Check(Operation actual, Oracle expected, UInt256 left, UInt256 right)
    {
        BigInteger want = Wrap(expected(left.ToBigInteger(), right.ToBigInteger()));
        BigInteger got = actual(left, right).ToBigInteger();
        if (got != want)
        {
            Assert.Fail($"({left}, {right}) gave {got}, not {want}");
        }
    }

    private static void CheckModular(UInt256 left, UInt256 right, UInt256 modulus)
    {
        BigInteger m = modulus.ToBigInteger();
        BigInteger sum = m.IsZero ? 0 : (left.ToBigInteger() + right.ToBigInteger()) % m;
        BigInteger product = m.IsZero ? 0 : left.ToBigInteger() * right.ToBigInteger() % m;
        if (UInt256.AddModulo(left, right, modulus).ToBigInteger() != sum)
        {
            Assert.Fail($"AddModulo({left}, {right}, {modulus}) is not {sum}");
        }

        if (UInt256.MultiplyModulo(left, right, modulus).ToBigInteger() != product)
        {
            Assert.Fail($"MultiplyModulo({left}, {right}, {modulus}) is not {product}");
        }
    }

    private static void CheckOverflow(Func<UInt256> actual, BigInteger expected)
    {
        if (expected.Sign < 0 || expected >= Modulus)
        {
            Assert.That(() => actual(), Throws.TypeOf<OverflowException>());
        }
        else
        {
            Assert.That(actual().ToBigInteger(), Is.EqualTo(expected));
        }
    }

    private static IEnumerable<BigInteger> EdgeValues()
    {
        int[] powers = [0, 1, 2, 3, 5, 7, 8, 31, 32, 63, 64, 65, 127, 128, 129, 191, 192, 193, 254, 255];
        foreach (int power in powers)
        {
            BigInteger value = BigInteger.One << power;
            yield return value - 1;
            yield return value;
            yield return value + 1;
            yield return Modulus - value;
        }

        // Shapes that need the rare corrections of long division.
        yield return ((BigInteger)0x8000000000000000UL << 128) - 1;
        yield return ((BigInteger)ulong.MaxValue << 192) + ulong.MaxValue;
        yield return ((BigInteger)0x8000000000000000UL << 192) + 1;
        yield return (BigInteger)ulong.MaxValue << 128;
        yield return (BigInteger.One << 255) - 19;
    }
}
