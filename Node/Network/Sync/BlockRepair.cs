using EnergyChain.Core.Chain;
using EnergyChain.Core.Primitives;
using EnergyChain.Node.Network.Joining;

namespace EnergyChain.Node.Network.Sync;

/// <summary>
/// Fetches blocks whose stored records are damaged, each proven by the block after it that is stored: that one's header
/// holds its hash and the hash of the certificate which made it final, and it carries that certificate. So no term
/// need be known, and what a peer says of either counts for nothing. For one thread.
/// </summary>
/// <param name="peers">Whom to ask.</param>
/// <param name="logger">For what was fetched.</param>
internal sealed class BlockRepair(Func<IReadOnlyList<ISnapshotPeer>> peers, ILogger logger)
{
    private readonly HashSet<Height> _complained = [];

    /// <summary>The block of a height, proven by the one after it; null where no peer gave it this time.</summary>
    /// <param name="height">The damaged height.</param>
    /// <param name="child">The block after it.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public Task<CommittedBlock?> FetchAsync(Height height, Block child, CancellationToken cancellationToken) =>
        child.LastCertificate is { } certificate && certificate.BlockHash == child.Header.ParentHash
            ? FetchAsync(height, certificate, cancellationToken)
            : Task.FromResult<CommittedBlock?>(null);

    /// <summary>The block that a certificate of ours made final; null where no peer gave it this time.</summary>
    public async Task<CommittedBlock?> FetchAsync(
        Height height, CommitCertificate certificate, CancellationToken cancellationToken)
    {
        IReadOnlyList<ISnapshotPeer> asked = peers();
        foreach (ISnapshotPeer peer in asked.Where(static peer => peer.IsAlive))
        {
            IReadOnlyList<CommittedBlock>? answer = await peer.BlocksAsync(height, 1, cancellationToken);
            if (answer is null or { Count: 0 })
            {
                continue;
            }

            Block block = answer[0].Block;
            if (answer.Count == 1
                && block.Height == height
                && block.Hash == certificate.BlockHash
                && BlockVerifier.ContentsHold(block, Environment.ProcessorCount))
            {
                logger.BlockMended(height, peer.Id);
                return new CommittedBlock(block, certificate);
            }

            peer.Blame($"block {height}, which is not the chain's");
        }

        if (asked.Count > 0 && _complained.Add(height))
        {
            logger.NobodyHasBlock(asked.Count, height);
        }

        return null;
    }
}
