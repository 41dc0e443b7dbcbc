using System.Globalization;

namespace EnergyChain.Market;

/// <summary>The number of a site; 0 is none.</summary>
public readonly record struct SiteId(uint Number) : IComparable<SiteId>
{
    public static SiteId None => default;

    public int CompareTo(SiteId other) => Number.CompareTo(other.Number);

    public override string ToString() => Number.ToString(CultureInfo.InvariantCulture);
}
