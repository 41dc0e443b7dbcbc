using System.ComponentModel;
using System.Runtime.InteropServices;

namespace EnergyChain.Processes.Nodes;

/// <summary>Signals to one process by its id, as kill(2) sends them.</summary>
public static class ProcessSignal
{
    private const int Terminate = 15;
    private const int LinuxContinue = 18;
    private const int LinuxStop = 19;
    private const int MacContinue = 19;
    private const int MacStop = 17;

    public static void Term(int processId) => Send(processId, Terminate);

    public static void Stop(int processId) =>
        Send(processId, OperatingSystem.IsMacOS() ? MacStop : LinuxStop);

    public static void Continue(int processId) =>
        Send(processId, OperatingSystem.IsMacOS() ? MacContinue : LinuxContinue);

    private static void Send(int processId, int signal)
    {
        if (Kill(processId, signal) != 0)
        {
            throw new Win32Exception(Marshal.GetLastPInvokeError(), $"signal {signal} to process {processId}");
        }
    }

    [DllImport("libc", SetLastError = true, EntryPoint = "kill")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Kill(int processId, int signal);
}
