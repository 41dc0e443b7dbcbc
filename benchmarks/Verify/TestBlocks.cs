using EnergyChain.Core.Chain;
using EnergyChain.Core.Crypto;
using EnergyChain.Node.Execution;

namespace EnergyChain.Benchmarks.Verify;

/// <summary>Blocks that follow a head, signed by a quorum.</summary>
internal static class TestBlocks
{
    public static CommittedBlock Next(
        Genesis genesis, ChainHead head, SigningKey[] validators, IReadOnlyList<Transaction> transactions)
    {
        BlockHeader header = head.NextHeader(
            genesis.ChainId,
            head.Time.AddMs(1_000),
            validators[0].Address,
            transactions.Select(static each => each.Id),
            head.Certificate,
            []);
        byte[] signed = Vote.SignedBytes(VoteType.Precommit, header.Height, default, header.Hash);
        int[] signers = [.. Enumerable.Range(0, head.Council.QuorumSize)];
        CommitCertificate certificate = new(
            header.Height,
            default,
            header.Hash,
            signers,
            [.. signers.Select(index => validators.Single(key => key.PublicKey == head.Council[index].PublicKey)
                .Sign(SigningDomain.Vote, genesis.ChainId, signed))]);
        return new CommittedBlock(new Block(header, head.Certificate, [], transactions, head.ChangedTerm), certificate);
    }
}
