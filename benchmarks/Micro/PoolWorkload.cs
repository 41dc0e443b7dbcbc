using EnergyChain.Benchmarks.Verify;
using EnergyChain.Core.Chain;
using EnergyChain.Core.Crypto;
using EnergyChain.Node.Execution;
using EnergyChain.Node.Storage;
using Microsoft.Extensions.Logging.Abstractions;

namespace EnergyChain.Benchmarks.Micro;

/// <summary>A chain at its genesis with funded senders, and a block of their transfers.</summary>
internal sealed class PoolWorkload : IDisposable
{
    private readonly DirectoryInfo _root = Directory.CreateTempSubdirectory("energychain-pool");
    private readonly DataDirectory _directory;

    public PoolWorkload(int senders, int transfersEach)
    {
        SigningKey validator = FullBlockChain.KeyOf(1);
        SignedTransfers transfers = new(senders, transfersEach);
        Genesis genesis = transfers.Genesis(validator);
        _directory = DataDirectory.Open(_root.FullName, genesis.Hash);
        Chain = Chain.Open(genesis, _directory, new ChainOptions(), NullLogger.Instance);
        Transfers = transfers.All;
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
}
