using System.Globalization;

namespace EnergyChain.Benchmarks.Load;

/// <summary>What the kernel says that a process used.</summary>
/// <param name="Cpu">Processor time, user and system, of all its threads since it began; to 10 ms.</param>
/// <param name="ResidentBytes">Memory now.</param>
/// <param name="PeakResidentBytes">The most that it had.</param>
internal readonly record struct ProcessUsage(TimeSpan Cpu, long ResidentBytes, long PeakResidentBytes)
{
    // USER_HZ, which is 100 in the interface to programs whatever the kernel's own is.
    private const int TicksPerSecond = 100;

    private const int UserTimeField = 11;
    private const int SystemTimeField = 12;
    private const int BytesPerKib = 1_024;

    public static ProcessUsage Of(int processId) => Parse(
        File.ReadAllText($"/proc/{processId}/stat"), File.ReadAllLines($"/proc/{processId}/status"));

    /// <param name="stat">The text of /proc/PID/stat; see proc(5).</param>
    /// <param name="status">The lines of /proc/PID/status.</param>
    public static ProcessUsage Parse(string stat, IReadOnlyList<string> status)
    {
        // The name in parentheses may hold anything; after it come the fields from the third on.
        string[] fields = stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
        long ticks = long.Parse(fields[UserTimeField], CultureInfo.InvariantCulture)
            + long.Parse(fields[SystemTimeField], CultureInfo.InvariantCulture);
        return new ProcessUsage(
            TimeSpan.FromSeconds((double)ticks / TicksPerSecond),
            KibOf(status, "VmRSS:") * BytesPerKib,
            KibOf(status, "VmHWM:") * BytesPerKib);
    }

    private static long KibOf(IReadOnlyList<string> status, string name)
    {
        string line = status.FirstOrDefault(line => line.StartsWith(name, StringComparison.Ordinal)) ?? "";
        string[] words = line.Split([' ', '\t'], StringSplitOptions.RemoveEmptyEntries);
        return words.Length < 2 ? 0 : long.Parse(words[1], CultureInfo.InvariantCulture);
    }
}
