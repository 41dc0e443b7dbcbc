namespace EnergyChain.Vm;

/// <summary>The bounds of the EVM by name, and those that this machine adds.</summary>
public static class VmLimits
{
    /// <summary>Words on a frame's stack.</summary>
    public const int StackWords = 1024;

    /// <summary>Calls within calls: the outermost frame has depth 0.</summary>
    public const int CallDepth = 1024;

    /// <summary>Bytes of deployed code (EIP-170).</summary>
    public const int MaxCodeBytes = 24_576;

    /// <summary>Bytes of init code (EIP-3860).</summary>
    public const int MaxInitCodeBytes = 2 * MaxCodeBytes;

    /// <summary>
    /// Bytes of one frame's memory, beyond which an access is out of gas. At this size memory has cost 5.5 * 10^11
    /// gas, so no block gas limit in use comes near it.
    /// </summary>
    public const int MaxMemoryBytes = 512 * 1024 * 1024;

    /// <summary>Blocks that BLOCKHASH can look back.</summary>
    public const int BlockHashWindow = 256;

    /// <summary>Frames that a machine keeps between executions.</summary>
    public const int KeptFrames = 32;

    /// <summary>Bytes of memory that a kept frame holds on to.</summary>
    public const int KeptMemoryBytes = 1024 * 1024;

    /// <summary>
    /// Bytes of the largest buffer that a machine keeps for later; more memory costs over 500 million gas.
    /// </summary>
    public const int PooledBufferBytes = 16 * 1024 * 1024;

    /// <summary>Buffers that a machine keeps of each power of two of bytes.</summary>
    public const int PooledBuffersOfSize = 2;

    /// <summary>Bytes of analysed code that a machine keeps, in each of two generations.</summary>
    public const int CodeCacheBytes = 16 * 1024 * 1024;

    /// <summary>Bytes of base, exponent or modulus over which MODEXP refuses its input.</summary>
    public const int MaxModExpBytes = 1024 * 1024;
}
