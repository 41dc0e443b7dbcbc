using EnergyChain.Node.Storage;

namespace EnergyChain.Node.Hosting;

/// <summary>
/// Stops the node before its disk is full: a disk with room left lets every write end, so what it stops with is whole.
/// Looks four times a second, which at a disk's full speed is less than the least room.
/// </summary>
internal sealed class DiskGuard(
    NodeOptions options,
    IDiskSpace space,
    TimeProvider time,
    IHostApplicationLifetime lifetime,
    ILogger<DiskGuard> logger) : BackgroundService
{
    private const long Mebibyte = 1L << 20;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan RoomPause = TimeSpan.FromSeconds(5);

    private string Folder => options.Resolve(options.DataDirectory);

    private long LeastBytes => options.MinimumFreeMiB * Mebibyte;

    /// <summary>Whether the guard stopped the node.</summary>
    public bool HasStopped { get; private set; }

    /// <summary>
    /// Whether a node that stopped did so for want of room: the guard stopped it, or a write found none before the
    /// guard had looked.
    /// </summary>
    public bool LacksRoom => HasStopped || FreeBytes() < LeastBytes;

    /// <summary>Throws <see cref="OperatorException"/> where there is too little room to start.</summary>
    public void RequireRoom()
    {
        if (FreeBytes() is { } free && free < LeastBytes)
        {
            throw new OperatorException(
                $"The disk of dataDirectory '{options.DataDirectory}' has {free / Mebibyte} MiB left, less than "
                + $"minimumFreeMiB {options.MinimumFreeMiB}: make room, then start again.",
                ExitCode.DiskFull);
        }
    }

    /// <summary>
    /// Waits until there is a quarter more than the least room, so that the node does not stop again at once.
    /// </summary>
    public async Task WaitForRoomAsync(CancellationToken cancellation)
    {
        using PeriodicTimer timer = new(RoomPause, time);
        while (FreeBytes() is { } free && free < LeastBytes + (LeastBytes / 4))
        {
            await timer.WaitForNextTickAsync(cancellation);
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using PeriodicTimer timer = new(Pause, time);
        try
        {
            while (!HasStopped && await timer.WaitForNextTickAsync(stoppingToken))
            {
                if (FreeBytes() is { } free && free < LeastBytes)
                {
                    HasStopped = true;
                    HostingLog.DiskFills(logger, Folder, free / Mebibyte, options.MinimumFreeMiB);
                    lifetime.StopApplication();
                }
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
        }
    }

    // Where nobody can tell, writing itself will.
    private long? FreeBytes()
    {
        string folder = Folder;
        while (!Directory.Exists(folder) && Path.GetDirectoryName(folder) is { } parent)
        {
            folder = parent;
        }

        try
        {
            return space.FreeBytes(folder);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
