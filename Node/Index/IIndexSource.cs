using System.Diagnostics.CodeAnalysis;
using EnergyChain.Core.Chain;
using EnergyChain.Core.Primitives;

namespace EnergyChain.Node.Index;

/// <summary>Where the index reads blocks from. Any thread.</summary>
internal interface IIndexSource
{
    /// <summary>The first height whose block and receipts are both there.</summary>
    Height First { get; }

    /// <summary>The last such height; below <see cref="First"/> where there is none.</summary>
    Height Last { get; }

    /// <summary>Whether the block of a height has this hash.</summary>
    bool Holds(Height height, Hash32 hash);

    /// <summary>False where the block or its receipts cannot be read.</summary>
    bool TryRead(
        Height height,
        [NotNullWhen(true)] out CommittedBlock? block,
        [NotNullWhen(true)] out IReadOnlyList<Receipt>? receipts);

    /// <summary>False where the block cannot be read.</summary>
    bool TryReadTime(Height height, out BlockTime time);
}
