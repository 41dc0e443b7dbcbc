using System.Numerics;

namespace EnergyChain.Node.Site;

/// <summary>
/// Draws a price evenly from the range and never trades at a loss: the budget-constrained zero-intelligence trader of
/// Gode and Sunder (1993). Draws depend on seed, site, slot and side only.
/// </summary>
/// <param name="seed">Same seed, same run.</param>
public sealed class ZeroIntelligenceStrategy(ulong seed) : IOrderStrategy
{
    private const ulong Resolution = 1_000_000;

    public string Name => "zero-intelligence";

    public BigInteger LimitPerKwh(OrderSide side, uint site, long slot, PriceRange range)
    {
        ulong draw = Mix(Mix(Mix(seed) ^ site) ^ unchecked((ulong)slot)) ^ (ulong)side;
        return range.At(Mix(draw) % (Resolution + 1), Resolution);
    }

    // SplitMix64 (Steele, Lea, Flood 2014).
    private static ulong Mix(ulong value)
    {
        unchecked
        {
            ulong z = value + 0x9E3779B97F4A7C15UL;
            z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9UL;
            z = (z ^ (z >> 27)) * 0x94D049BB133111EBUL;
            return z ^ (z >> 31);
        }
    }
}
