namespace EnergyChain.Node.Hosting;

/// <summary>Log lines of the hosting room; event ids 5300 to 5399.</summary>
internal static partial class HostingLog
{
    [LoggerMessage(
        5300, LogLevel.Critical, "The disk of {Folder} has {FreeMiB} MiB left, less than minimumFreeMiB {LeastMiB}: "
        + "the node stops before it is full")]
    public static partial void DiskFills(ILogger logger, string folder, long freeMiB, int leastMiB);
}
