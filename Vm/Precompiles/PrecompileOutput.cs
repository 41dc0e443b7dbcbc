namespace EnergyChain.Vm.Precompiles;

/// <summary>A buffer that precompiles write their output to, reused from call to call.</summary>
internal sealed class PrecompileOutput
{
    private byte[] _buffer = new byte[256];
    private int _length;

    public ReadOnlySpan<byte> Bytes => _buffer.AsSpan(0, _length);

    public void Clear() => _length = 0;

    /// <summary>Zeroed space for the whole output.</summary>
    public Span<byte> Take(int length)
    {
        if (length > _buffer.Length || _buffer.Length > VmLimits.KeptMemoryBytes)
        {
            _buffer = new byte[Math.Max(length, 256)];
        }

        _length = length;
        Span<byte> space = _buffer.AsSpan(0, length);
        space.Clear();
        return space;
    }
}
