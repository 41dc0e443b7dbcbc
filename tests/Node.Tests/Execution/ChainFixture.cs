using EnergyChain.Core.Chain;
using EnergyChain.Core.Primitives;
using EnergyChain.Node.Execution;
using EnergyChain.Node.Storage;
using EnergyChain.Node.Tests.Fakes;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace EnergyChain.Node.Tests.Execution;

/// <summary>
/// A chain in a folder of its own, and blocks that follow its head. The council's signatures are left out.
/// </summary>
internal sealed class ChainFixture : IDisposable
{
    public const ulong GasPrice = 1;

    private readonly bool _ownsRoot;
    private DataDirectory? _directory;

    public ChainFixture(string? root = null, IDisk? disk = null, ChainOptions? options = null)
    {
        _ownsRoot = root is null;
        Root = root ?? Directory.CreateTempSubdirectory("energychain-chain-").FullName;
        Disk = disk ?? new PhysicalDisk();
        Options = options ?? new ChainOptions { CheckpointBlocks = 5, SegmentBytes = 4_096, LookupMemoryEntries = 16 };
    }

    public static Address Receiver { get; } = Address.FromNumber(0x77);

    public static Address Counter { get; } = Address.FromNumber(0x5000);

    public static Genesis Genesis { get; } = new(
        new BlockTime(1_700_000_000_000),
        new ChainParameters { ChainId = new ChainId(7), GasPrice = GasPrice },
        new Council([new CouncilMember(TestKeys.Of(1).PublicKey)]),
        [
            // Adds one to slot 0: PUSH0 SLOAD PUSH1 1 ADD PUSH0 SSTORE, then returns it.
            new GenesisAccount(Counter, 0, Convert.FromHexString("5f546001015f555f545f5260205ff3"), []),
            new GenesisAccount(TestKeys.Alice.Address, 1_000_000_000, default, []),
        ]);

    public string Root { get; }

    public IDisk Disk { get; }

    public ChainOptions Options { get; }

    public Chain Chain { get; private set; } = null!;

    public static Transaction Call(ulong nonce, Address? to = null, ulong value = 1) => new TransactionBody
    {
        ChainId = Genesis.ChainId,
        Nonce = nonce,
        GasLimit = new Gas(100_000),
        GasPrice = GasPrice,
        To = to ?? Receiver,
        Value = value,
        ValidUntil = new Height(10_000),
    }.Sign(TestKeys.Alice);

    public static CommittedBlock Next(ChainHead head, params Transaction[] transactions)
    {
        CommitCertificate? last = head.Certificate;
        BlockHeader header = head.NextHeader(
            Genesis.ChainId,
            head.Time.AddMs(1_000),
            TestKeys.Of(1).Address,
            transactions.Select(transaction => transaction.Id),
            last,
            []);
        Block block = new(header, last, [], transactions, head.ChangedTerm);
        int signer = (int)(header.Height.Value % 5); // so that blocks can be told apart by who signed
        return new CommittedBlock(
            block, new CommitCertificate(header.Height, default, header.Hash, [signer], [default]));
    }

    public Chain Open(ILogger? logger = null)
    {
        _directory = DataDirectory.Open(Root, Genesis.Hash, Disk);
        try
        {
            return Chain = Chain.Open(Genesis, _directory, Options, logger ?? NullLogger.Instance);
        }
        catch
        {
            _directory.Dispose();
            throw;
        }
    }

    public Chain Reopen()
    {
        Close();
        return Open();
    }

    public void Close()
    {
        Chain?.Dispose();
        _directory?.Dispose();
    }

    /// <summary>Commits so many blocks, each a transfer and a call of the counter.</summary>
    public List<CommittedBlock> Grow(int count)
    {
        List<CommittedBlock> blocks = [];
        for (int i = 0; i < count; i++)
        {
            ulong nonce = Chain.Head.Height.Value * 2;
            CommittedBlock block = Next(Chain.Head, Call(nonce), Call(nonce + 1, Counter, 0));
            Assert.That(Chain.Commit(block), Is.EqualTo(CommitOutcome.Committed));
            blocks.Add(block);
        }

        return blocks;
    }

    public void Dispose()
    {
        Close();
        if (_ownsRoot)
        {
            Directory.Delete(Root, recursive: true);
        }
    }
}
