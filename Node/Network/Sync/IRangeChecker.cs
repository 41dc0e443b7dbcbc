namespace EnergyChain.Node.Network.Sync;

/// <summary>
/// Where ranges are checked: inline, or on other threads ahead of execution. In both cases <c>done</c> is called on
/// the driver's thread, once for each check.
/// </summary>
internal interface IRangeChecker
{
    void Start(RangeCheck check, Action<RangeCheck> done);
}
