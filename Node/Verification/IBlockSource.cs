namespace EnergyChain.Node.Verification;

/// <summary>Blocks in ascending order without gaps. Used by one thread at a time.</summary>
internal interface IBlockSource
{
    /// <summary>The next one; null at the end. <see cref="IOException"/> where the disk fails.</summary>
    RawBlock? Next();
}
