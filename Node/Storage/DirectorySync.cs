using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace EnergyChain.Node.Storage;

/// <summary>
/// fsync of a folder, without which a new or renamed file may be gone after a power cut. The framework opens no
/// folders, so the descriptor comes from the C library; Windows makes names durable itself.
/// </summary>
internal static class DirectorySync
{
    private const int ReadOnly = 0;

    public static void Sync(string directory)
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        int descriptor = Open(directory, ReadOnly);
        if (descriptor < 0)
        {
            int error = Marshal.GetLastPInvokeError();
            throw new IOException($"Cannot open the folder {directory}: {Marshal.GetPInvokeErrorMessage(error)}.");
        }

        using SafeFileHandle handle = new(descriptor, ownsHandle: true);
        RandomAccess.FlushToDisk(handle);
    }

    [DllImport("libc", EntryPoint = "open", SetLastError = true, BestFitMapping = false, ThrowOnUnmappableChar = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Open([MarshalAs(UnmanagedType.LPUTF8Str)] string path, int flags);
}
