using EnergyChain.Core.Chain;
using EnergyChain.Core.Primitives;
using EnergyChain.Node.Hosting;
using EnergyChain.Node.Network.Sync;

namespace EnergyChain.Node.Network.Joining;

/// <summary>
/// Whether a proven chain is the one that the operator trusts, by one block of it. A block among those that are fetched
/// is compared. Of an older one nothing shows that it is an ancestor, and anybody can give out the true one beside a
/// forged chain: so its terms must be those that the chain went through. Then whoever forged what came after needs the
/// keys of a council from after that block, and those of all the councils before it are worth nothing.
/// </summary>
internal sealed class TrustCheck(Genesis genesis, JoinOptions options, ILogger logger)
{
    /// <summary>True where it is, or nothing is trusted; false where nobody has the block.</summary>
    /// <exception cref="OperatorException">It is proven to be another chain.</exception>
    public async Task<bool> HoldsAsync(
        JoinBlocks blocks,
        IReadOnlyList<ISnapshotPeer> peers,
        Action<ISnapshotPeer, string> accuse,
        CancellationToken cancellationToken)
    {
        Height height = new(options.TrustedHeight);
        if (height == Height.Genesis)
        {
            return true;
        }

        if (blocks.HashOf(height) is { } held)
        {
            return held == options.TrustedHash ? true : throw Another(height, held);
        }

        foreach (ISnapshotPeer peer in peers)
        {
            IReadOnlyList<CommittedBlock>? answer = await peer.BlocksAsync(height, 1, cancellationToken);
            if (answer is [CommittedBlock given, ..] && given.Block.Height == height)
            {
                if (given.Block.Hash == options.TrustedHash)
                {
                    return HasTermsOf(given.Block.Header, blocks) ? true : throw Another(height, null);
                }

                if (blocks.TermAt(height) is { } term
                    && BlockVerifier.VerifyAlone(given, term, genesis.ChainId, static _ => false, concurrency: 1)
                        == BlockVerdict.Valid)
                {
                    throw Another(height, given.Block.Hash);
                }

                accuse(peer, $"its block {height} is not certified");
            }
        }

        JoinLog.NobodyHasTrusted(logger, height);
        return false;
    }

    private static bool HasTermsOf(BlockHeader header, JoinBlocks blocks) =>
        blocks.TermAt(header.Height)?.Hash == header.TermHash
        && blocks.TermAt(header.Height.Next)?.Hash == header.NextTermHash;

    private OperatorException Another(Height height, Hash32? hash) => new(
        $"trustedHash is '{options.TrustedHash}'; the peers' chain has "
        + (hash is null ? "another council or other parameters" : $"block {hash}")
        + $" at height {height}: allowed is the hash of the block of trustedHeight, and peers of its chain.");
}
