namespace EnergyChain.Core.Crypto;

/// <summary>
/// Which message words the rounds of BLAKE2b take (RFC 7693, 2.7), in the order of the mixing calls: 16 a round. After
/// ten rounds it begins again.
/// </summary>
public static class Blake2bSchedule
{
    /// <summary>Rounds before it begins again.</summary>
    public const int Period = 10;

    private const int Words = 16;

    /// <summary>The words of all rounds of the period, one after the other.</summary>
    public static ReadOnlySpan<byte> All =>
    [
        0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15,
        14, 10, 4, 8, 9, 15, 13, 6, 1, 12, 0, 2, 11, 7, 5, 3,
        11, 8, 12, 0, 5, 2, 15, 13, 10, 14, 3, 6, 7, 1, 9, 4,
        7, 9, 3, 1, 13, 12, 11, 14, 2, 6, 5, 10, 4, 0, 15, 8,
        9, 0, 5, 7, 2, 4, 10, 15, 14, 1, 11, 12, 6, 8, 3, 13,
        2, 12, 6, 10, 0, 11, 8, 3, 4, 13, 7, 5, 15, 14, 1, 9,
        12, 5, 1, 15, 14, 13, 4, 10, 0, 7, 6, 3, 9, 2, 8, 11,
        13, 11, 7, 14, 12, 1, 3, 9, 5, 0, 15, 4, 8, 6, 2, 10,
        6, 15, 14, 9, 11, 3, 0, 8, 12, 2, 13, 7, 1, 4, 10, 5,
        10, 2, 8, 4, 7, 6, 1, 5, 15, 11, 9, 14, 3, 12, 13, 0,
    ];

    /// <summary>The 16 words of a round, counted from 0.</summary>
    public static ReadOnlySpan<byte> OfRound(uint round) => All.Slice((int)(round % Period) * Words, Words);
}
