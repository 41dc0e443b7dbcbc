using System.Globalization;
using EnergyChain.Core.Primitives;

namespace EnergyChain.Node.Storage;

/// <summary>
/// A chain cannot be opened before a damaged block is replaced: by a node that asks its peers for it, or else by its
/// operator.
/// </summary>
public sealed class DamagedBlockException : StorageException
{
    public DamagedBlockException(Height height)
        : base(string.Create(
            CultureInfo.InvariantCulture,
            $"Block {height} in the block log is damaged. Restore the log from a copy, or let a node that runs with "
            + $"peers fetch the block from them."))
    {
        Height = height;
    }

    /// <summary>The block that is needed first.</summary>
    public Height Height { get; }
}
