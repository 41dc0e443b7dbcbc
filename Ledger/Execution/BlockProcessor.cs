using EnergyChain.Core.Chain;
using EnergyChain.Core.Codec;
using EnergyChain.Core.Crypto;
using EnergyChain.Core.Numerics;
using EnergyChain.Core.Primitives;
using EnergyChain.Vm;
using EnergyChain.Vm.State;

namespace EnergyChain.Ledger.Execution;

/// <summary>
/// Executes blocks: the same block on the same state gives the same receipts and changes on every node. Reusable;
/// for one thread at a time.
/// </summary>
/// <param name="parameters">The chain's.</param>
/// <param name="hashSeed">A number that outsiders do not know; see <see cref="StateOverlay"/>.</param>
public sealed class BlockProcessor(ChainParameters parameters, ulong hashSeed = 0)
{
    private readonly EvmMachine _machine = new();
    private readonly BcsWriter _receiptBytes = new();
    private StateOverlay? _overlay;

    /// <summary>Executes all transactions in order; the state is read and not changed.</summary>
    /// <param name="block">The block; its header must follow the state's block.</param>
    /// <param name="state">The state after the parent block.</param>
    /// <param name="blockHashes">Hashes of the 256 blocks before it.</param>
    public BlockResult Execute(Block block, IStateReader state, IBlockHashes blockHashes)
    {
        BlockExecution execution = Begin(block, state, blockHashes);
        List<Receipt> receipts = new(block.Transactions.Count);
        Gas gasUsed = default;
        while (!execution.IsDone)
        {
            Receipt receipt = execution.ExecuteNext();
            receipts.Add(receipt);
            gasUsed += receipt.GasUsed;
        }

        StateChanges changes = execution.Drain();
        Conservation.Check(state, changes);
        Hash32 root = MerkleTree.Root([.. receipts.Select(receipt => receipt.HashWith(_receiptBytes))]);
        return new BlockResult(receipts, root, gasUsed, changes);
    }

    /// <summary>
    /// Starts a block whose transactions the caller executes one by one; only one execution of a processor at a time.
    /// </summary>
    /// <inheritdoc cref="Execute"/>
    public BlockExecution Begin(Block block, IStateReader state, IBlockHashes blockHashes)
    {
        // One overlay for all blocks: its tables have grown to what a block needs.
        _overlay ??= new StateOverlay(state, hashSeed);
        _overlay.Restart(state);
        return new BlockExecution(
            block,
            EnvironmentOf(block.Header, parameters, blockHashes),
            _overlay,
            new TransactionProcessor(_machine, parameters));
    }

    /// <summary>What contracts see of a block with this header.</summary>
    public static BlockEnvironment EnvironmentOf(
        BlockHeader header, ChainParameters parameters, IBlockHashes blockHashes) => new(
        parameters.ChainId,
        header.Height,
        header.Time.UnixSeconds,
        header.Proposer,
        parameters.BlockGasLimit,
        UInt256.Zero,
        header.ParentHash,
        blockHashes);
}
