using EnergyChain.Node.Storage;

namespace EnergyChain.Simulation.Disk;

/// <summary>An open file of a <see cref="VirtualDisk"/>; stays readable when the name is gone.</summary>
internal sealed class VirtualHandle(VirtualDisk disk, string path, VirtualFile file) : IDiskFile
{
    public long Length => file.Length;

    public int Read(long offset, Span<byte> destination)
    {
        int count = file.Read(offset, destination);
        disk.OnRead?.Invoke(destination[..count]);
        return count;
    }

    public void Write(long offset, ReadOnlySpan<byte> bytes)
    {
        byte[] written = bytes.ToArray();
        disk.Do(DiskOperationKind.Write, path, () =>
        {
            int taken = (int)Math.Min(written.Length, disk.Room);
            disk.Room -= taken;
            file.Write(offset, written.AsSpan(0, taken));
            if (taken < written.Length)
            {
                throw new IOException("No space left on device");
            }
        });
    }

    public void Truncate(long length) => disk.Do(DiskOperationKind.Truncate, path, () => file.Truncate(length));

    public void Sync() => disk.Do(DiskOperationKind.Sync, path, () =>
    {
        if (disk.FailsSync?.Invoke() == true)
        {
            file.LoseDirty();
            throw new IOException("Input/output error");
        }

        if (disk.IgnoresSync?.Invoke(new DiskOperation(DiskOperationKind.Sync, path)) != true)
        {
            file.Sync();
        }
    });

    public void Dispose()
    {
    }
}
