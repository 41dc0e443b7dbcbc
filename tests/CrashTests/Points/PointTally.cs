namespace EnergyChain.CrashTests.Points;

/// <summary>Moments at one write point, and starts after them that broke something.</summary>
internal readonly record struct PointTally(int Moments, int Broken)
{
    public static PointTally operator +(PointTally one, PointTally other) =>
        new(one.Moments + other.Moments, one.Broken + other.Broken);
}
