namespace EnergyChain.Node.Verification;

/// <summary>How much a pipeline does at a time.</summary>
internal sealed class PipelineOptions
{
    /// <summary>Threads that decode and verify, beside the one that takes the blocks.</summary>
    public int Workers { get; init; } = Environment.ProcessorCount;

    /// <summary>Bytes of records that are read ahead; one block is always.</summary>
    public long MaxBytesAhead { get; init; } = 24L << 20;

    /// <summary>Blocks that are read ahead.</summary>
    public int MaxBlocksAhead { get; init; } = 512;

    /// <summary>False where signatures are not looked at, of blocks that were verified before.</summary>
    public bool VerifiesSignatures { get; init; } = true;
}
