using System.Diagnostics;

namespace EnergyChain.Node.Telemetry;

/// <summary>
/// The processor time of this process by stage. A stage may lie within another, whose time it is not. For
/// synchronous code; any thread may enter any stage.
/// </summary>
internal static class CpuTime
{
    private static readonly long[] Spent = new long[Enum.GetValues<CpuStage>().Length];

    [ThreadStatic]
    private static int _current;

    [ThreadStatic]
    private static long _since;

    /// <summary>Enters a stage until the result is disposed, on this thread.</summary>
    public static Span Enter(CpuStage stage)
    {
        int outer = _current;
        Switch((int)stage + 1);
        return new Span(outer);
    }

    /// <summary>Seconds spent in a stage so far; a thread's time counts when it leaves the stage.</summary>
    public static double SecondsOf(CpuStage stage) => Interlocked.Read(ref Spent[(int)stage]) / 1e9;

    /// <summary>Seconds of the whole process.</summary>
    public static double Total
    {
        get
        {
            using Process process = Process.GetCurrentProcess();
            return process.TotalProcessorTime.TotalSeconds;
        }
    }

    private static void Switch(int next)
    {
        long now = ThreadClock.Nanoseconds;
        if (_current != 0)
        {
            Interlocked.Add(ref Spent[_current - 1], now - _since);
        }

        _current = next;
        _since = now;
    }

    /// <summary>A stage that lasts.</summary>
    public readonly ref struct Span(int outer)
    {
        public void Dispose() => Switch(outer);
    }
}
