using EnergyChain.Core.Chain;
using EnergyChain.Core.Codec;
using EnergyChain.Core.Crypto;
using EnergyChain.Core.Numerics;
using EnergyChain.Core.Primitives;
using EnergyChain.Ledger.Governance;
using EnergyChain.Vm;
using EnergyChain.Vm.State;

namespace EnergyChain.Ledger.Execution;

/// <summary>
/// Executes blocks: the same block on the same state gives the same receipts and changes on every node. Reusable;
/// for one thread at a time.
/// </summary>
/// <param name="hashSeed">A number that outsiders do not know; see <see cref="StateOverlay"/>.</param>
public sealed class BlockProcessor(ulong hashSeed = 0)
{
    private readonly EvmMachine _machine = new();
    private readonly BcsWriter _receiptBytes = new();
    private StateOverlay? _overlay;

    /// <summary>
    /// Asks the council contract where that is due (<see cref="CouncilCall"/>), then executes all transactions in
    /// order; the state is read and not changed.
    /// </summary>
    /// <param name="block">The block; its header must follow the state's block.</param>
    /// <param name="state">The state after the parent block.</param>
    /// <param name="blockHashes">Hashes of the 256 blocks before it.</param>
    /// <param name="terms">
    /// The terms up to that of the next height; the block is executed by the parameters of its own.
    /// </param>
    public BlockResult Execute(Block block, IStateReader state, IBlockHashes blockHashes, TermHistory terms)
    {
        BlockExecution execution = Begin(block, state, blockHashes, terms);
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
        return new BlockResult(receipts, root, gasUsed, changes, execution.Council);
    }

    /// <summary>
    /// Starts a block, the council's part done, whose transactions the caller executes one by one; only one execution
    /// of a processor at a time.
    /// </summary>
    /// <inheritdoc cref="Execute"/>
    public BlockExecution Begin(Block block, IStateReader state, IBlockHashes blockHashes, TermHistory terms)
    {
        // One overlay for all blocks: its tables have grown to what a block needs.
        _overlay ??= new StateOverlay(state, hashSeed);
        _overlay.Restart(state);
        ChainParameters parameters = terms.At(block.Height).Parameters;
        BlockEnvironment environment = EnvironmentOf(block.Header, parameters, blockHashes);
        return new BlockExecution(
            block,
            environment,
            _overlay,
            new TransactionProcessor(_machine, parameters),
            CouncilCall.Make(block, terms, _machine, environment, _overlay));
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
