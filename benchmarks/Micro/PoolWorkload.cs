using EnergyChain.Benchmarks.Verify;
using EnergyChain.Core.Chain;
using EnergyChain.Core.Crypto;
using EnergyChain.Core.Numerics;
using EnergyChain.Core.Primitives;
using EnergyChain.Node.Execution;
using EnergyChain.Node.Storage;
using Microsoft.Extensions.Logging.Abstractions;

namespace EnergyChain.Benchmarks.Micro;

/// <summary>
/// A chain at its genesis with funded senders, and a block of their transfers in the order in which they arrive: the
/// first of each sender, then the second of each.
/// </summary>
internal sealed class PoolWorkload : IDisposable
{
    private const int FirstSender = 2_000_000;

    private readonly DirectoryInfo _root = Directory.CreateTempSubdirectory("energychain-pool");
    private readonly DataDirectory _directory;

    public PoolWorkload(int senders, int transfersEach)
    {
        SigningKey validator = FullBlockChain.KeyOf(1);
        SigningKey[] keys = [.. Enumerable.Range(FirstSender, senders).Select(FullBlockChain.KeyOf)];
        Genesis genesis = new(
            new BlockTime(1_700_000_000_000),
            new ChainParameters { ChainId = new ChainId(7), GasPrice = 1 },
            new Council([new CouncilMember(validator.PublicKey)]),
            [.. keys.Select(static key => new GenesisAccount(key.Address, 1_000_000_000_000, default, []))
                .OrderBy(static account => account.Address)]);
        _directory = DataDirectory.Open(_root.FullName, genesis.Hash);
        Chain = Chain.Open(genesis, _directory, new ChainOptions(), NullLogger.Instance);
        Transfers = new Transaction[senders * transfersEach];
        Parallel.For(0, Transfers.Length, i =>
            Transfers[i] = Transfer(genesis, keys[i % senders], (ulong)(i / senders)));
        Block = TestBlocks.Next(genesis, Chain.Head, [validator], Transfers);
    }

    public Chain Chain { get; }

    public Transaction[] Transfers { get; }

    /// <summary>All of them. It is told to a pool and never committed, so that the chain stays where it is.</summary>
    public CommittedBlock Block { get; }

    public void Dispose()
    {
        Chain.Dispose();
        _directory.Dispose();
        _root.Delete(recursive: true);
    }

    private static Transaction Transfer(Genesis genesis, SigningKey key, ulong nonce) => new TransactionBody
    {
        ChainId = genesis.ChainId,
        Nonce = nonce,
        GasLimit = new Gas(21_000),
        GasPrice = 1,
        To = Address.FromNumber(7),
        Value = UInt256.One,
        ValidUntil = new Height(1_000),
    }.Sign(key);
}
