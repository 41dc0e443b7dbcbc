using System.Runtime.InteropServices;

namespace EnergyChain.Node.Hosting;

/// <summary>
/// How the calling thread shares the processors with others, by POSIX nice: the framework's thread priorities do
/// nothing on Linux.
/// </summary>
internal static class ThreadNice
{
    private const int OfProcess = 0;

    /// <summary>
    /// Lowers the calling thread, for good: 1 a little, 19 as far as it goes. Nothing where that cannot be.
    /// </summary>
    public static void Lower(int nice)
    {
        if (OperatingSystem.IsLinux())
        {
            _ = SetPriority(OfProcess, 0, nice);
        }
    }

    // In Linux, against POSIX, 0 is the calling thread and not its process.
    [DllImport("libc", EntryPoint = "setpriority")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int SetPriority(int which, int who, int nice);
}
