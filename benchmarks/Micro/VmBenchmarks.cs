using BenchmarkDotNet.Attributes;
using EnergyChain.Benchmarks.Evm;
using EnergyChain.Benchmarks.Evm.Market;
using EnergyChain.Core.Chain;
using EnergyChain.Core.Crypto;
using EnergyChain.Core.Primitives;
using EnergyChain.Ledger.Execution;
using EnergyChain.Ledger.State;

namespace EnergyChain.Benchmarks.Micro;

/// <summary>
/// Blocks of 4,000 as a validator executes them, from nonce and fee checks to the receipts' root, signatures apart;
/// each row is per transaction.
/// </summary>
[MemoryDiagnoser]
public class VmBenchmarks
{
    private const int Senders = 1_000;
    private const int BlockSize = 4_000;
    private const ulong Tokens = 1_000_000;

    private readonly BlockProcessor _processor = new();
    private readonly NoBlockHashes _blockHashes = new();
    private TermHistory _terms = null!;
    private WorldState _state = null!;
    private Block _transfers = null!;
    private Block _tokenTransfers = null!;
    private BlockCase _orders = null!;

    [GlobalSetup(Targets = [nameof(Transfer), nameof(TokenTransfer)])]
    public void SetUpTransfers()
    {
        SignedTransfers transfers = new(Senders, BlockSize / Senders);
        Address[] holders = [.. transfers.Keys.Select(static key => key.Address)];
        Genesis genesis = transfers.Genesis(
            transfers.Keys[0], TokenContract.InGenesis(holders, Tokens));
        _terms = new TermHistory(genesis.Term);
        _state = WorldState.FromGenesis(genesis);
        _transfers = transfers.BlockAt(1).Block;
        _tokenTransfers = _transfers with
        {
            Transactions = [.. transfers.All.Select((each, i) => ToToken(each, holders[(i + 1) % holders.Length]))],
        };
        WorldState after = WorldState.FromGenesis(genesis);
        after.Apply(Execute(_tokenTransfers).Changes);
        if (after.GetStorage(TokenContract.Address, TokenContract.SlotOf(holders[0])) != Tokens
            || Execute(_tokenTransfers).Receipts.Any(static receipt => receipt.Logs.Count != 1))
        {
            throw new WrongResultException("The token did not move as it should.");
        }
    }

    /// <summary>The story of the VM benchmark, every event of which is checked on the way.</summary>
    [GlobalSetup(Target = nameof(MarketOrder))]
    public void SetUpMarket() => _orders = MarketStory.Create().Single(static each => each.Name == "order");

    [Benchmark(OperationsPerInvoke = BlockSize)]
    public BlockResult Transfer() => Execute(_transfers);

    [Benchmark(OperationsPerInvoke = BlockSize)]
    public BlockResult TokenTransfer() => Execute(_tokenTransfers);

    [Benchmark(OperationsPerInvoke = MarketStory.OrdersOfBlock)]
    public void MarketOrder()
    {
        if (_orders.Run().Mistake is { } mistake)
        {
            throw new WrongResultException(mistake);
        }
    }

    private static Transaction ToToken(Transaction transfer, Address receiver) => new(
        new TransactionBody
        {
            ChainId = SignedTransfers.ChainId,
            Nonce = transfer.Body.Nonce,
            GasLimit = new Gas(100_000),
            GasPrice = 1,
            To = TokenContract.Address,
            Data = TokenContract.Transfer(receiver, 1),
            ValidUntil = transfer.Body.ValidUntil,
        },
        transfer.PublicKey,
        default(Signature));

    private BlockResult Execute(Block block)
    {
        BlockResult result = _processor.Execute(block, _state, _blockHashes, _terms);
        return result.Receipts.All(static receipt => receipt.Succeeded)
            ? result
            : throw new WrongResultException("A transfer failed.");
    }
}
