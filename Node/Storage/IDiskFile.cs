namespace EnergyChain.Node.Storage;

/// <summary>An open file. Reads may run beside a write to another place.</summary>
public interface IDiskFile : IDisposable
{
    /// <summary>Bytes in the file.</summary>
    long Length { get; }

    /// <summary>
    /// Reads as many bytes as there are from the offset, up to the destination's length; gives how many.
    /// </summary>
    int Read(long offset, Span<byte> destination);

    void Write(long offset, ReadOnlySpan<byte> bytes);

    void Truncate(long length);

    /// <summary>Makes what was written durable (fsync).</summary>
    void Sync();
}
