using System.Buffers.Binary;
using EnergyChain.Core.Chain;
using EnergyChain.Core.Codec;
using EnergyChain.Core.Primitives;
using EnergyChain.Node.Storage;
using EnergyChain.Node.Storage.Portable;
using EnergyChain.Node.Verification;

namespace EnergyChain.Node.Offline;

/// <summary>
/// Writes blocks of a log, as they stand there, into a portable file, with the changes of the term before them.
/// </summary>
internal static class ChainExport
{
    /// <summary>Throws <see cref="StorageException"/> where a record is damaged: nothing is exported then.</summary>
    public static void Write(
        Stream stream,
        Genesis genesis,
        LookedAtChain chain,
        Height from,
        Height to,
        WorkProgress progress,
        CancellationToken cancellationToken)
    {
        PortableWriter writer = new(stream, FileKind.ChainFile, genesis.Hash, from);
        byte[] range = new byte[2 * sizeof(ulong)];
        BinaryPrimitives.WriteUInt64LittleEndian(range, from.Value);
        BinaryPrimitives.WriteUInt64LittleEndian(range.AsSpan(sizeof(ulong)), to.Value);
        writer.Add(PortableTag.Range, range);
        if (from > Height.Genesis.Next)
        {
            TermTrail trail = TermTrail.Before(genesis, chain.Blocks, chain.EarlierTerms, from, hints: null);
            foreach (TermLink link in trail.Links)
            {
                writer.Add(PortableTag.TermLink, Bcs.Encode(link));
            }
        }

        for (Height height = from; height <= to; height = height.Next)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (!chain.Blocks.TryReadBytes(height, out byte[] bytes))
            {
                throw new StorageException(
                    $"Block {height} of the block log is damaged: nothing was exported; start the node, which fetches "
                    + "it from its peers, or export a range without it.");
            }

            writer.Add(PortableTag.Block, height, bytes);
            progress.Add(transactions: 0);
        }

        writer.End();
    }
}
