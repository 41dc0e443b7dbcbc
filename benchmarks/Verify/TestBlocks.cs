using EnergyChain.Core.Chain;
using EnergyChain.Core.Crypto;
using EnergyChain.Core.Primitives;
using EnergyChain.Node.Execution;

namespace EnergyChain.Benchmarks.Verify;

/// <summary>Blocks that follow a head, signed by a quorum.</summary>
internal static class TestBlocks
{
    public static CommittedBlock Next(
        Genesis genesis, ChainHead head, SigningKey[] validators, IReadOnlyList<Transaction> transactions)
    {
        BlockHeader header = new()
        {
            ChainId = genesis.ChainId,
            Height = head.Height.Next,
            Time = head.Time.AddMs(1_000),
            ParentHash = head.Hash,
            TransactionsRoot = Block.TransactionsRootOf(transactions.Select(static each => each.Id)),
            ParentStateRoot = head.StateRoot,
            ParentReceiptsRoot = head.ReceiptsRoot,
            ParentGasUsed = head.GasUsed,
            TermHash = head.Term.Hash,
            NextTermHash = head.NextTerm.Hash,
            Proposer = validators[0].Address,
            LastCertificateHash = head.Certificate?.Hash ?? Hash32.Zero,
            EvidenceRoot = Block.EvidenceRootOf([]),
        };
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
