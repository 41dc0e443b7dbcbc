using EnergyChain.Core.Chain;
using EnergyChain.Core.Primitives;
using EnergyChain.Core.Proofs;
using EnergyChain.Node.Execution;

namespace EnergyChain.Node.Api;

/// <summary>Proves final transactions and what they did. Thread-safe.</summary>
internal sealed class TransactionProver(IChain chain)
{
    public TransactionProof Prove(Hash32 id)
    {
        if (!chain.TryFindTransaction(id, out TransactionLocation location))
        {
            throw ApiError.NotFound($"This node knows no final transaction {id}.");
        }

        CommittedBlock block = ProofRpc.BlockAt(chain, location.Height);
        Hash32[] ids = [.. block.Block.Transactions.Select(static transaction => transaction.Id)];
        return new TransactionProof(
            CertifiedHeader.Of(block),
            block.Block.Transactions[location.Index],
            ListProof.Of(ids, location.Index),
            OutcomeAt(location));
    }

    // Null while its block is the last, and where the receipts of its block are not held here.
    private ReceiptProof? OutcomeAt(TransactionLocation location)
    {
        if (!chain.TryGetBlock(location.Height.Next, out CommittedBlock? next)
            || !chain.TryGetReceipts(location.Height, out IReadOnlyList<Receipt>? receipts))
        {
            return null;
        }

        Hash32[] hashes = [.. receipts.Select(static receipt => receipt.Hash)];
        return new ReceiptProof(
            CertifiedHeader.Of(next), receipts[location.Index], ListProof.Of(hashes, location.Index));
    }
}
