using System.Runtime.InteropServices;

namespace EnergyChain.Node.Telemetry;

/// <summary>
/// The processor time that the calling thread has used, by POSIX clock_gettime: the framework tells only that of the
/// process. About 0.2 us a call.
/// </summary>
internal static class ThreadClock
{
    private const int ThreadCpuTime = 3;

    public static bool IsSupported { get; } = OperatingSystem.IsLinux();

    /// <summary>Nanoseconds; 0 where the platform has no such clock.</summary>
    public static long Nanoseconds =>
        IsSupported && GetTime(ThreadCpuTime, out TimeSpec time) == 0
            ? (time.Seconds * 1_000_000_000) + time.Nanoseconds
            : 0;

    [DllImport("libc", EntryPoint = "clock_gettime")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    [SuppressGCTransition]
    private static extern int GetTime(int clock, out TimeSpec time);

    [StructLayout(LayoutKind.Sequential)]
    private struct TimeSpec
    {
        public nint Seconds;
        public nint Nanoseconds;
    }
}
