using System.Buffers.Binary;
using EnergyChain.Core.Chain;
using EnergyChain.Core.Codec;
using EnergyChain.Core.Primitives;
using EnergyChain.Node.Storage;
using EnergyChain.Node.Storage.Portable;

namespace EnergyChain.Node.Verification;

/// <summary>
/// The blocks of a chain file behind a node's head; those before it are passed over, but for the head itself, which
/// must be the node's own.
/// </summary>
internal sealed class PortableBlocks : IBlockSource
{
    private readonly PortableReader _reader;
    private readonly string _name;
    private Height _next;

    /// <summary>Reads up to the first block; <see cref="StorageException"/> where the file does not begin so.</summary>
    public PortableBlocks(PortableReader reader, string name)
    {
        _reader = reader;
        _name = name;
        if (!reader.TryNext(out PortableTag tag, out byte[] range)
            || tag != PortableTag.Range
            || range.Length != 2 * sizeof(ulong))
        {
            throw new StorageException($"{name} does not say which blocks it holds.");
        }

        First = new Height(BinaryPrimitives.ReadUInt64LittleEndian(range));
        Last = new Height(BinaryPrimitives.ReadUInt64LittleEndian(range.AsSpan(sizeof(ulong))));
        if (First == Height.Genesis
            || Last < First
            || Last.Value >= long.MaxValue
            || reader.Header.Number != First.Value)
        {
            throw new StorageException($"{name} says that it holds blocks {First} to {Last}, which cannot be.");
        }

        _next = First;
    }

    public Height First { get; }

    public Height Last { get; }

    /// <summary>
    /// Passes over the blocks up to a head. Null where the file has the same block there, or none of it; else what it
    /// has in its place.
    /// </summary>
    public ChainFault? PassOver(Height head, Hash32 hash)
    {
        while (_next <= head && Next() is { } raw)
        {
            if (raw.Height == head)
            {
                Hash32 given = Bcs.TryDecode(raw.Bytes, out CommittedBlock? block, out _)
                    ? block.Block.Hash
                    : Hash32.Zero;
                return given == hash
                    ? null
                    : new ChainFault(
                        head,
                        FaultKind.Parent,
                        $"the file has block {given}; the node has block {hash} at this height");
            }
        }

        return null;
    }

    public RawBlock? Next()
    {
        while (_reader.TryNext(out PortableTag tag, out byte[] content))
        {
            if (tag == PortableTag.TermLink)
            {
                continue;
            }

            Height height = _reader.HeightOf(content);
            if (tag != PortableTag.Block || height != _next)
            {
                throw new StorageException($"{_name} has something else in place of block {_next}.");
            }

            _next = height.Next;
            return new RawBlock(height, content[sizeof(ulong)..]);
        }

        return _next == Last.Next
            ? null
            : throw new StorageException($"{_name} ends before block {_next}; it was to hold blocks up to {Last}.");
    }
}
