using EnergyChain.Core.Primitives;

namespace EnergyChain.Node.Storage.Lookup;

/// <summary>Damaged pages of a run, next to each other.</summary>
/// <param name="FirstPage">The first of them.</param>
/// <param name="Pages">How many.</param>
/// <param name="Entries">How many entries they hold together.</param>
/// <param name="Below">The greatest key before them; null where they begin the run.</param>
/// <param name="Above">The least key after them; null where they end it.</param>
internal sealed record LookupGap(long FirstPage, int Pages, int Entries, Hash32? Below, Hash32? Above)
{
    /// <summary>Whether an entry of the run with this key lies in the gap.</summary>
    public bool Covers(Hash32 key) =>
        (Below is not { } below || key.CompareTo(below) > 0) && (Above is not { } above || key.CompareTo(above) < 0);
}
