using EnergyChain.Core.Chain;
using EnergyChain.Core.Codec;
using EnergyChain.Core.Crypto;
using EnergyChain.Core.Primitives;
using EnergyChain.Node.Network;
using EnergyChain.Node.Network.Joining;
using EnergyChain.Node.Storage;
using EnergyChain.Node.Storage.Portable;

namespace EnergyChain.Node.Offline;

/// <summary>
/// A snapshot file as a peer that holds it: joining by it is joining by the network, and as little is believed.
/// Thread-safe.
/// </summary>
internal sealed class SnapshotFilePeer : ISnapshotPeer
{
    private readonly Lock _lock = new();
    private readonly Stream _stream;
    private readonly Height _height;
    private readonly List<TermLink> _links = [];
    private readonly List<(Height Height, long Offset, int Length)> _blocks = [];
    private readonly List<(long Offset, int Length)> _chunks = [];
    private readonly Dictionary<Hash32, (long Offset, int Length)> _codes = [];
    private byte[] _frontier = [];

    /// <summary>
    /// Reads the file once, with every checksum; <see cref="StorageException"/> where it is damaged or cut short.
    /// </summary>
    public SnapshotFilePeer(Stream stream, string name, Hash32 genesisHash)
    {
        _stream = stream;
        stream.Position = 0;
        PortableReader reader = new(stream, name, genesisHash);
        _height = new Height(reader.Header.Number);
        while (reader.TryNext(out PortableTag tag, out byte[] content))
        {
            Learn(reader, name, tag, content);
        }
    }

    public PeerId Id { get; } = default;

    public bool IsAlive => Accusation is null;

    /// <summary>What in it is not so; null for nothing.</summary>
    public string? Accusation { get; private set; }

    /// <summary>Chunks of the state.</summary>
    public int ChunkCount => _chunks.Count;

    public Task<SnapshotOffer?> OfferAsync(Height? height, CancellationToken cancellationToken) =>
        Task.FromResult<SnapshotOffer?>(new SnapshotOffer([_height], height == _height ? _frontier : default));

    public Task<IReadOnlyList<CommittedBlock>?> BlocksAsync(
        Height from, int count, CancellationToken cancellationToken)
    {
        List<CommittedBlock> blocks = [];
        foreach ((Height height, long offset, int length) in _blocks.Where(each => each.Height >= from).Take(count))
        {
            if (height.Value != from.Value + (ulong)blocks.Count
                || !Bcs.TryDecode(Read(offset, length), out CommittedBlock? block, out _))
            {
                break;
            }

            blocks.Add(block);
        }

        return Task.FromResult<IReadOnlyList<CommittedBlock>?>(blocks);
    }

    public Task<IReadOnlyList<TermLink>?> LinksAsync(Height from, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<TermLink>?>([.. _links.Where(link => link.Header.Height >= from)]);

    public Task<PartAnswer> ChunkAsync(JoinTarget target, int chunk, CancellationToken cancellationToken) =>
        Task.FromResult(target.FrontierHash == Blake2b.Hash(_frontier) && chunk < _chunks.Count
            ? new PartAnswer(PartStatus.Given, Read(_chunks[chunk].Offset, _chunks[chunk].Length))
            : new PartAnswer(PartStatus.NotHeld, default));

    public Task<IReadOnlyList<ReadOnlyMemory<byte>>?> CodesAsync(
        IReadOnlyList<Hash32> hashes, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<ReadOnlyMemory<byte>>?>(
            [.. hashes.Where(_codes.ContainsKey)
                .Select(hash => (ReadOnlyMemory<byte>)Read(_codes[hash].Offset, _codes[hash].Length))]);

    public void Blame(string what) => Accusation ??= what;

    private void Learn(PortableReader reader, string name, PortableTag tag, byte[] content)
    {
        switch (tag)
        {
            case PortableTag.TermLink when Bcs.TryDecode(content, out TermLink? link, out _):
                _links.Add(link);
                break;
            case PortableTag.Block:
                _blocks.Add((
                    reader.HeightOf(content), reader.ContentOffset + sizeof(ulong), content.Length - sizeof(ulong)));
                break;
            case PortableTag.Frontier:
                _frontier = content;
                break;
            case PortableTag.Chunk:
                _chunks.Add((reader.ContentOffset, content.Length));
                break;
            case PortableTag.Code:
                _codes[Keccak256.Hash(content)] = (reader.ContentOffset, content.Length);
                break;
            default:
                throw new StorageException($"{name} holds a record that no snapshot has.");
        }
    }

    private byte[] Read(long offset, int length)
    {
        byte[] bytes = new byte[length];
        lock (_lock)
        {
            _stream.Position = offset;
            _stream.ReadExactly(bytes);
        }

        return bytes;
    }
}
