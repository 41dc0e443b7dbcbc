namespace EnergyChain.Devices.Simulation;

/// <summary>
/// Deterministic pseudo-random values by position (SplitMix64): the same seed, stream and index give the same value in
/// any order of asking and on any machine.
/// </summary>
internal static class SeededValues
{
    /// <summary>A value from 0 to <paramref name="bound"/> - 1.</summary>
    public static int Below(int bound, ulong seed, ulong stream, long index)
    {
        ulong mixed = Mix(Mix(Mix(seed) ^ stream) ^ unchecked((ulong)index));
        return (int)(mixed % (ulong)bound);
    }

    private static ulong Mix(ulong value)
    {
        unchecked
        {
            value += 0x9E3779B97F4A7C15;
            value = (value ^ (value >> 30)) * 0xBF58476D1CE4E5B9;
            value = (value ^ (value >> 27)) * 0x94D049BB133111EB;
            return value ^ (value >> 31);
        }
    }
}
