using EnergyChain.Node.Storage;

namespace EnergyChain.Simulation.Disk;

/// <summary>An open file of a <see cref="VirtualDisk"/>; stays readable when the name is gone.</summary>
internal sealed class VirtualHandle(VirtualDisk disk, VirtualFile file) : IDiskFile
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
        disk.Step();
        int taken = (int)Math.Min(bytes.Length, disk.Room);
        disk.Room -= taken;
        file.Write(offset, bytes[..taken]);
        if (taken < bytes.Length)
        {
            throw new IOException("No space left on device");
        }
    }

    public void Truncate(long length)
    {
        disk.Step();
        file.Truncate(length);
    }

    public void Sync()
    {
        disk.Step();
        if (disk.FailsSync?.Invoke() == true)
        {
            file.LoseDirty();
            throw new IOException("Input/output error");
        }

        file.Sync();
    }

    public void Dispose()
    {
    }
}
