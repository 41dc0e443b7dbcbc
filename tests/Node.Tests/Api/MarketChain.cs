using EnergyChain.Contracts;
using EnergyChain.Contracts.Genesis;
using EnergyChain.Contracts.Views;
using EnergyChain.Core.Chain;
using EnergyChain.Core.Crypto;
using EnergyChain.Core.Numerics;
using EnergyChain.Core.Primitives;
using EnergyChain.Node.Execution;
using EnergyChain.Node.Storage;
using Microsoft.Extensions.Logging.Abstractions;

namespace EnergyChain.Node.Tests.Api;

/// <summary>A real chain with the market, two sites and their accounts; each call is the last of a block.</summary>
internal sealed class MarketChain : IDisposable
{
    private const ulong StartSeconds = 1_700_000_000;

    private readonly string _root = Directory.CreateTempSubdirectory("energychain-market-").FullName;
    private readonly DataDirectory _directory;
    private readonly Dictionary<Address, ulong> _nonces = [];

    public MarketChain()
    {
        _directory = DataDirectory.Open(_root, Genesis.Hash, new PhysicalDisk());
        Chain = Chain.Open(Genesis, _directory, new ChainOptions(), NullLogger.Instance);
        CallOutcome answer = Chain.Call(new CallRequest(
            Address.Zero,
            EnergyMarketContract.Address,
            0,
            EnergyMarketContract.Parameters().CallData,
            new Gas(1_000_000)));
        Assert.That(EnergyMarketContract.Parameters().TryDecode(answer.Output.Span, out MarketParameters? parameters));
        Parameters = parameters!;
        Slot = (StartSeconds / Parameters.SlotSeconds) + 3;
    }

    public static SigningKey Seller { get; } = TestKeys.Of(1);

    public static SigningKey Buyer { get; } = TestKeys.Of(2);

    public static SigningKey Operator { get; } = TestKeys.Of(3);

    public Chain Chain { get; }

    public MarketParameters Parameters { get; }

    /// <summary>A slot whose gate is open at the start.</summary>
    public ulong Slot { get; }

    /// <summary>Unix seconds of the next block.</summary>
    public ulong Now { get; set; } = StartSeconds + 1;

    private static Genesis Genesis { get; } = MakeGenesis();

    /// <summary>Puts a call of the market into the next block, with others before it.</summary>
    public Receipt Send(SigningKey sender, byte[] data, UInt256 value, params Transaction[] before)
    {
        Transaction transaction = Sign(sender, data, value);
        Commit([.. before, transaction]);
        Assert.That(Chain.TryGetReceipts(Chain.Head.Height, out IReadOnlyList<Receipt>? receipts));
        return receipts![^1];
    }

    public Transaction Sign(SigningKey sender, byte[] data, UInt256 value)
    {
        ulong nonce = _nonces.GetValueOrDefault(sender.Address);
        _nonces[sender.Address] = nonce + 1;
        return new TransactionBody
        {
            ChainId = Genesis.ChainId,
            Nonce = nonce,
            GasLimit = new Gas(5_000_000),
            GasPrice = Genesis.Parameters.GasPrice,
            To = EnergyMarketContract.Address,
            Value = value,
            Data = data,
            ValidUntil = new Height(1_000),
        }.Sign(sender);
    }

    /// <summary>The next block.</summary>
    public void Commit(Transaction[] transactions)
    {
        ChainHead head = Chain.Head;
        BlockHeader header = head.NextHeader(
            Genesis.ChainId,
            new BlockTime(Now * 1_000),
            TestKeys.Of(9).Address,
            transactions.Select(transaction => transaction.Id),
            head.Certificate,
            []);
        Block block = new(header, head.Certificate, [], transactions);
        byte[] signed = Vote.SignedBytes(VoteType.Precommit, header.Height, default, header.Hash);
        Signature signature = TestKeys.Of(9).Sign(SigningDomain.Vote, Genesis.ChainId, signed);
        CommitOutcome outcome = Chain.Commit(
            new CommittedBlock(block, new CommitCertificate(header.Height, default, header.Hash, [0], [signature])));
        Assert.That(outcome, Is.EqualTo(CommitOutcome.Committed));
    }

    public void Dispose()
    {
        Chain.Dispose();
        _directory.Dispose();
        Directory.Delete(_root, recursive: true);
    }

    private static Genesis MakeGenesis()
    {
        IEnumerable<GenesisAccount> contracts = GenesisContracts.Create(new GenesisContractParameters
        {
            Operator = Operator.Address,
            GridAccount = Address.FromNumber(0x617D),
            Sites = [new GenesisSite(1, Seller.Address), new GenesisSite(2, Buyer.Address)],
        }).Select(contract => new GenesisAccount(
            contract.Address,
            contract.Balance,
            contract.RuntimeCode,
            [.. contract.Storage.Select(slot => new StorageSlot(slot.Key, slot.Value))]));
        UInt256 rich = UInt256.FromBigInteger(System.Numerics.BigInteger.Pow(10, 21));
        return new Genesis(
            new BlockTime(StartSeconds * 1_000),
            new ChainParameters { ChainId = new ChainId(7) },
            new Council([new CouncilMember(TestKeys.Of(9).PublicKey)]),
            [
                .. contracts,
                .. new[] { Seller, Buyer, Operator }.Select(key => new GenesisAccount(key.Address, rich, default, [])),
            ]);
    }
}
