using System.Numerics;
using EnergyChain.Contracts;
using EnergyChain.Contracts.Events;
using EnergyChain.Contracts.Genesis;
using EnergyChain.Core.Chain;
using EnergyChain.Core.Crypto;
using EnergyChain.Core.Numerics;
using EnergyChain.Core.Primitives;
using EnergyChain.Ledger.Execution;
using EnergyChain.Ledger.State;

namespace EnergyChain.Benchmarks.Evm.Market;

/// <summary>
/// A chain with the genesis contracts and a community of 512 sites, driven block by block as Ledger drives it.
/// Consensus and signatures are left out.
/// </summary>
internal sealed class MarketChain
{
    public const int Sites = 512;
    public const ulong FirstSlot = 2_000_000;

    private static readonly Address Proposer = Address.FromNumber(0xFEE);
    private static readonly UInt256 Wealth = UInt256.FromBigInteger(BigInteger.Pow(10, 30));

    private readonly BlockProcessor _processor;
    private readonly Dictionary<Address, ulong> _nonces = [];
    private readonly ulong _gasPrice;
    private Height _height;

    public MarketChain()
    {
        Households = [.. Enumerable.Range(1, Sites).Select(site => new Household((uint)site))];
        Contracts = new GenesisContractParameters
        {
            Operator = Address.FromNumber(0xA0),
            GridAccount = Address.FromNumber(0xA1),
            IssuanceReserve = Wealth,
            Sites = [.. Households.Select(house => new GenesisSite(house.Site, house.Account))],
            Devices =
            [
                .. Households.Select(house => new GenesisDevice(house.Meter, house.Site, 5_000, EnergySource.Solar)),
            ],
        };
        ChainParameters parameters = new() { ChainId = new ChainId(1) };
        _gasPrice = (ulong)parameters.GasPrice;
        _processor = new BlockProcessor();
        Genesis = new Genesis(
            new BlockTime(FirstSlot * Contracts.SlotSeconds * 1000),
            parameters,
            new Council([]),
            [.. Accounts().OrderBy(account => account.Address)]);
        Terms = new TermHistory(Genesis.Term);
        State = WorldState.FromGenesis(Genesis);
    }

    public Genesis Genesis { get; }

    public GenesisContractParameters Contracts { get; }

    public IReadOnlyList<Household> Households { get; }

    public TermHistory Terms { get; }

    /// <summary>After the last block that was committed.</summary>
    public WorldState State { get; }

    /// <summary>The sender's next transaction to a contract of the market.</summary>
    public Transaction Call(
        PublicKey sender, Address to, byte[] data, ulong gasLimit, UInt256 value = default)
    {
        Address address = sender.ToAddress();
        ulong nonce = _nonces.GetValueOrDefault(address);
        _nonces[address] = nonce + 1;
        TransactionBody body = new()
        {
            ChainId = Genesis.ChainId,
            Nonce = nonce,
            GasLimit = new Gas(gasLimit),
            GasPrice = _gasPrice,
            To = to,
            Value = value,
            Data = data,
            ValidUntil = new Height(1_000),
        };
        return new Transaction(body, sender, default);
    }

    /// <summary>The next block, not executed yet.</summary>
    public Block Block(ulong unixSeconds, IReadOnlyList<Transaction> transactions) => new(
        new BlockHeader
        {
            ChainId = Genesis.ChainId,
            Height = _height.Next,
            Time = new BlockTime(unixSeconds * 1000),
            ParentHash = Hash32.Zero,
            TransactionsRoot = Hash32.Zero,
            ParentStateRoot = State.Root,
            ParentReceiptsRoot = Hash32.Zero,
            ParentGasUsed = default,
            TermHash = Hash32.Zero,
            NextTermHash = Hash32.Zero,
            Proposer = Proposer,
            LastCertificateHash = Hash32.Zero,
            EvidenceRoot = Hash32.Zero,
        },
        null,
        [],
        transactions);

    /// <summary>Executes a block without changing the state.</summary>
    public BlockResult Execute(Block block) => _processor.Execute(block, State, new NoBlockHashes(), Terms);

    /// <summary>
    /// Executes a block and makes its changes. Throws <see cref="WrongResultException"/> where a transaction fails.
    /// </summary>
    public BlockResult Commit(Block block)
    {
        BlockResult result = Execute(block);
        if (result.Receipts.FirstOrDefault(receipt => !receipt.Succeeded) is { } failed)
        {
            throw new WrongResultException(
                $"market: a transaction of block {block.Height}: {ContractErrors.Describe(failed.Output.Span)}.");
        }

        State.Apply(result.Changes);
        _height = block.Height;
        return result;
    }

    /// <summary>The same state apart from the one given.</summary>
    public static WorldState CopyOf(WorldState state)
    {
        StateCopy copy = state.Copy();
        StateLoader loader = new();
        bool isSound = copy.Entries().All(loader.TryAdd);
        return (isSound ? loader.Build(copy.Root) : null)
            ?? throw new InvalidOperationException("A state's own copy was refused.");
    }

    /// <summary>The market's events of a block, in order.</summary>
    public static IEnumerable<MarketEvent> EventsOf(BlockResult result) => result.Receipts
        .SelectMany(receipt => receipt.Logs)
        .Where(log => log.Address == EnergyMarketContract.Address)
        .Select(log => EnergyMarketContract.TryDecodeEvent(log.Topics, log.Data.Span, out MarketEvent? happening)
            ? happening!
            : throw new InvalidOperationException("The market emitted an event that its bindings do not know."));

    private IEnumerable<GenesisAccount> Accounts()
    {
        foreach (GenesisContract contract in GenesisContracts.Create(Contracts))
        {
            yield return new GenesisAccount(
                contract.Address,
                contract.Balance,
                contract.RuntimeCode,
                [.. contract.Storage.Select(slot => new StorageSlot(slot.Key, slot.Value))]);
        }

        foreach (Household house in Households)
        {
            yield return new GenesisAccount(house.Account, Wealth, default, []);
            yield return new GenesisAccount(house.Meter, Wealth, default, []);
        }
    }
}
