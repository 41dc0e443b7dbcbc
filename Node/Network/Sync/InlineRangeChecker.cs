namespace EnergyChain.Node.Network.Sync;

/// <summary>Checks at once: for simulations and tests, where a run must repeat.</summary>
internal sealed class InlineRangeChecker : IRangeChecker
{
    public void Start(RangeCheck check, Action<RangeCheck> done)
    {
        check.Run();
        done(check);
    }
}
