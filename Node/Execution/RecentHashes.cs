using EnergyChain.Core.Primitives;
using EnergyChain.Vm;

namespace EnergyChain.Node.Execution;

/// <summary>
/// The hashes of the last blocks, for BLOCKHASH and for telling a known block from another of the same height. Reads
/// may run beside the one writer.
/// </summary>
internal sealed class RecentHashes : IBlockHashes
{
    /// <summary>BLOCKHASH reaches 256 blocks back; twice that lets a reader lag behind the writer.</summary>
    public const int Kept = 512;

    private readonly Lock _lock = new();
    private readonly Hash32[] _hashes = new Hash32[Kept];
    private ulong _next;

    /// <summary>The height that the first hash added will have, genesis or later.</summary>
    public RecentHashes(Height first) => _next = first.Value;

    public void Add(Hash32 hash)
    {
        lock (_lock)
        {
            _hashes[_next % Kept] = hash;
            _next++;
        }
    }

    /// <summary>Zero for a height that is not kept.</summary>
    public Hash32 GetBlockHash(Height height)
    {
        lock (_lock)
        {
            bool kept = height.Value < _next && height.Value + Kept >= _next;
            return kept ? _hashes[height.Value % Kept] : Hash32.Zero;
        }
    }
}
