using EnergyChain.Benchmarks.Verify;
using EnergyChain.Core.Chain;
using EnergyChain.Core.Crypto;
using EnergyChain.Core.Numerics;
using EnergyChain.Core.Primitives;
using EnergyChain.Node.Execution;
using EnergyChain.Node.Storage;
using Microsoft.Extensions.Logging.Abstractions;

namespace EnergyChain.Benchmarks.Join;

/// <summary>A chain of four validators on disk that others join.</summary>
internal sealed class JoinSource : IDisposable
{
    private const int Validators = 4;

    private readonly SigningKey[] _keys = [.. Enumerable.Range(1, Validators).Select(Key)];
    private readonly SigningKey _payer = Key(99);
    private readonly DataDirectory _directory;
    private ulong _nonce;

    public JoinSource(string root, int accounts, ulong checkpointBlocks)
    {
        Genesis = new Genesis(
            new BlockTime(1_700_000_000_000),
            new ChainParameters { ChainId = new ChainId(7), GasPrice = 1 },
            new Council(_keys.Select(static key => new CouncilMember(key.PublicKey))),
            [
                new GenesisAccount(_payer.Address, 1_000_000_000_000_000, default, []),
                .. Enumerable.Range(1, accounts).Select(static number =>
                    new GenesisAccount(Address.FromNumber((uint)number), (UInt256)(ulong)number, default, [])),
            ]);
        _directory = DataDirectory.Open(root, Genesis.Hash);
        Chain = Chain.Open(
            Genesis,
            _directory,
            new ChainOptions { CheckpointBlocks = checkpointBlocks, ServesSnapshots = checkpointBlocks < 1_000 },
            NullLogger.Instance);
    }

    public Genesis Genesis { get; }

    public Chain Chain { get; }

    /// <summary>Adds blocks of so many transfers each.</summary>
    public void Grow(int blocks, int transactions)
    {
        for (int i = 0; i < blocks; i++)
        {
            Transaction[] transfers = [.. Enumerable.Range(0, transactions).Select(_ => Transfer())];
            Require(Chain.Commit(TestBlocks.Next(Genesis, Chain.Head, _keys, transfers)));
        }
    }

    public static void Require(CommitOutcome outcome)
    {
        if (outcome != CommitOutcome.Committed)
        {
            throw new InvalidOperationException($"A block was not committed: {outcome}.");
        }
    }

    public void Dispose()
    {
        Chain.Dispose();
        _directory.Dispose();
    }

    private static SigningKey Key(int number)
    {
        byte[] seed = new byte[SigningKey.SeedSize];
        BitConverter.TryWriteBytes(seed, number);
        return SigningKey.FromSeed(seed);
    }

    private Transaction Transfer() => new TransactionBody
    {
        ChainId = Genesis.ChainId,
        Nonce = _nonce++,
        GasLimit = new Gas(21_000),
        GasPrice = 1,
        To = Address.FromNumber(7),
        Value = 1,
        ValidUntil = Chain.Head.Height.Next.Next,
    }.Sign(_payer);
}
