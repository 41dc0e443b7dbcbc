using EnergyChain.Core;

namespace EnergyChain.Node.Consensus;

/// <summary>
/// How often the missing bodies of one block were asked for: at first often, and ever more rarely while nothing comes.
/// A block whose proposer keeps its bodies back so costs little, however long its height lasts. Not thread-safe.
/// </summary>
internal sealed class BodyFetch
{
    private static readonly TimeSpan Often = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan FirstPause = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(16);

    private int _missing = int.MaxValue;
    private int _fruitless;
    private TimeSpan _pause = FirstPause;
    private bool _isReported;

    /// <summary>The bodies are asked for once more; after how long again.</summary>
    /// <param name="missing">How many are missing now.</param>
    /// <param name="isWithheld">
    /// Whether it can now be said, once, that the proposer has not given what only it must have: there were
    /// <see cref="Limits.MaxBodyRequests"/> requests and nothing came. Where a little came each time, it is just slow.
    /// </param>
    public TimeSpan Next(int missing, out bool isWithheld)
    {
        if (missing < _missing)
        {
            Restart();
        }

        _missing = missing;
        _fruitless++;
        isWithheld = _fruitless > Limits.MaxBodyRequests && !_isReported;
        _isReported |= isWithheld;
        if (_fruitless <= Limits.MaxBodyRequests)
        {
            return Often;
        }

        TimeSpan pause = _pause;
        _pause = pause * 2 < LongestPause ? pause * 2 : LongestPause;
        return pause;
    }

    /// <summary>Somebody came who may have them.</summary>
    public void Restart()
    {
        _fruitless = 0;
        _pause = FirstPause;
    }
}
