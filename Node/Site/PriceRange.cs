using System.Numerics;

namespace EnergyChain.Node.Site;

/// <summary>
/// The prices at which both sides gain against the retailer: from the feed-in tariff (what a seller gets anyway) to the
/// retail tariff less the grid fee (what a buyer pays anyway). Base units per kWh.
/// </summary>
/// <param name="Low">The feed-in tariff.</param>
/// <param name="High">Retail tariff less grid fee.</param>
/// <param name="GridFee">The grid fee, which the buyer pays on top of the price.</param>
public readonly record struct PriceRange(BigInteger Low, BigInteger High, BigInteger GridFee)
{
    /// <summary>Prices are multiples of this, so that price x Wh / 1000 is exact.</summary>
    public const int Step = 1_000;

    /// <summary>False where no price serves both sides.</summary>
    public bool HasRoom => High >= Low && Low.Sign >= 0;

    public static PriceRange Of(BigInteger retail, BigInteger feedIn, BigInteger gridFee) =>
        new(feedIn, retail - gridFee, gridFee);

    /// <summary>The price at a share of the way up, rounded down to the step.</summary>
    public BigInteger At(ulong numerator, ulong denominator)
    {
        BigInteger price = Low + ((High - Low) * numerator / denominator);
        return price - (price % Step);
    }
}
