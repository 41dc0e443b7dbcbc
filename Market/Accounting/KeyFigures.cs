using System.Numerics;

namespace EnergyChain.Market.Accounting;

/// <summary>The results a user sees, as integers so that every node and wallet shows the same.</summary>
public static class KeyFigures
{
    /// <summary>
    /// Share of a site's demand that its own production or battery served in the slot:
    /// (load - min(load, import)) / load.
    /// </summary>
    public static PartsPerMillion SelfSufficiency(IEnumerable<SiteSlot> slots) =>
        Ratio(slots, slot => slot.Load - WattHours.Min(slot.Load, slot.Import), slot => slot.Load);

    /// <summary>The same for a community: what neighbours delivered counts as its own.</summary>
    public static PartsPerMillion CommunitySelfSufficiency(IEnumerable<SiteSlot> slots) => Ratio(
        slots,
        slot => slot.Load - WattHours.Min(slot.Load, WattHours.Excess(slot.Import, slot.Received)),
        slot => slot.Load);

    /// <summary>Share of production that stayed: (production - min(production, export)) / production.</summary>
    public static PartsPerMillion SelfConsumption(IEnumerable<SiteSlot> slots) => Ratio(
        slots,
        slot => slot.Production - WattHours.Min(slot.Production, slot.Export),
        slot => slot.Production);

    /// <summary>The same for a community: what went to neighbours stayed.</summary>
    public static PartsPerMillion CommunitySelfConsumption(IEnumerable<SiteSlot> slots) => Ratio(
        slots,
        slot => slot.Production - WattHours.Min(slot.Production, slot.Export - slot.Delivered),
        slot => slot.Production);

    /// <summary>Delivered / sold.</summary>
    public static PartsPerMillion DeliveredShare(IEnumerable<SiteSlot> slots) =>
        Ratio(slots, slot => slot.Delivered, slot => slot.Sold);

    /// <summary>Cleared / offered, or cleared / asked for.</summary>
    public static PartsPerMillion FilledShare(WattHours filled, WattHours ordered) =>
        PartsPerMillion.Of(filled.Value, ordered.Value);

    /// <summary>(bill without the market - bill with it) / |bill without|.</summary>
    public static PartsPerMillion Saving(Money without, Money with) =>
        PartsPerMillion.Of((without - with).BaseUnits, without.BaseUnits);

    /// <summary>Standard deviation / mean of the prices; zero for none.</summary>
    public static PartsPerMillion Volatility(IReadOnlyCollection<PricePerKwh> prices)
    {
        BigInteger count = prices.Count;
        BigInteger sum = prices.Aggregate(BigInteger.Zero, (total, price) => total + (BigInteger)price.BaseUnits);
        BigInteger squares = prices.Aggregate(
            BigInteger.Zero,
            (total, price) => total + BigInteger.Pow((BigInteger)price.BaseUnits, 2));

        // deviation / mean = sqrt(count x squares - sum^2) / sum
        return PartsPerMillion.Of(SquareRoot((count * squares) - (sum * sum)), sum);
    }

    /// <summary>
    /// Herfindahl-Hirschman index of the sellers' or buyers' energies: the sum of squared shares; a monopoly is a
    /// whole million.
    /// </summary>
    public static PartsPerMillion Concentration(IReadOnlyCollection<WattHours> energies)
    {
        BigInteger sum = energies.Aggregate(BigInteger.Zero, (total, energy) => total + energy.Value);
        BigInteger squares = energies.Aggregate(
            BigInteger.Zero,
            (total, energy) => total + BigInteger.Pow(energy.Value, 2));
        return PartsPerMillion.Of(squares, sum * sum);
    }

    /// <summary>Floor of the root, by Newton's method from above.</summary>
    private static BigInteger SquareRoot(BigInteger value)
    {
        if (value.IsZero)
        {
            return value;
        }

        BigInteger root = BigInteger.One << (int)((value.GetBitLength() / 2) + 1);
        while (true)
        {
            BigInteger next = (root + (value / root)) >> 1;
            if (next >= root)
            {
                return root;
            }

            root = next;
        }
    }

    private static PartsPerMillion Ratio(
        IEnumerable<SiteSlot> slots,
        Func<SiteSlot, WattHours> part,
        Func<SiteSlot, WattHours> whole)
    {
        BigInteger parts = BigInteger.Zero;
        BigInteger wholes = BigInteger.Zero;
        foreach (SiteSlot slot in slots)
        {
            parts += part(slot).Value;
            wholes += whole(slot).Value;
        }

        return PartsPerMillion.Of(parts, wholes);
    }
}
