using EnergyChain.Benchmarks.Join;
using EnergyChain.Core.Chain;
using EnergyChain.Core.Crypto;
using EnergyChain.Core.Numerics;
using EnergyChain.Core.Primitives;
using EnergyChain.Node.Execution;
using EnergyChain.Node.Storage;
using Microsoft.Extensions.Logging.Abstractions;

namespace EnergyChain.Benchmarks.Verify;

/// <summary>
/// A chain of four validators on disk whose blocks are full of signed transfers: each sender has one in every block,
/// to a receiver who changes from block to block.
/// </summary>
internal sealed class FullBlockChain : IDisposable
{
    private const int Validators = 4;
    private const int FirstSender = 1_000_000;

    private readonly SigningKey[] _validators = [.. Enumerable.Range(1, Validators).Select(KeyOf)];
    private readonly SigningKey[] _senders;
    private readonly int _accounts;
    private readonly DataDirectory _directory;
    private readonly Chain _chain;

    public FullBlockChain(string root, int transactions, int accounts)
    {
        _accounts = Math.Max(accounts, 1);
        _senders = new SigningKey[transactions];
        Parallel.For(0, transactions, index => _senders[index] = KeyOf(FirstSender + index));
        Genesis = new Genesis(
            new BlockTime(1_700_000_000_000),
            new ChainParameters { ChainId = new ChainId(7), GasPrice = 1 },
            new Council(_validators.Select(static key => new CouncilMember(key.PublicKey))),
            [
                .. _senders.Select(static key => new GenesisAccount(key.Address, 1_000_000_000_000, default, []))
                    .Concat(Enumerable.Range(1, _accounts).Select(static number =>
                        new GenesisAccount(Receiver(number), (UInt256)(ulong)number, default, [])))
                    .OrderBy(static account => account.Address),
            ]);
        _directory = DataDirectory.Open(root, Genesis.Hash);
        _chain = Chain.Open(
            Genesis, _directory, new ChainOptions { CheckpointBlocks = 1_000_000 }, NullLogger.Instance);
    }

    public Genesis Genesis { get; }

    /// <summary>The key of a number; the same in every run.</summary>
    public static SigningKey KeyOf(int number)
    {
        byte[] seed = new byte[SigningKey.SeedSize];
        BitConverter.TryWriteBytes(seed, number);
        return SigningKey.FromSeed(seed);
    }

    public void Grow(int blocks)
    {
        for (int i = 0; i < blocks; i++)
        {
            Transaction[] transfers = new Transaction[_senders.Length];
            Parallel.For(0, transfers.Length, index => transfers[index] = Transfer(i, index));
            JoinSource.Require(_chain.Commit(TestBlocks.Next(Genesis, _chain.Head, _validators, transfers)));
        }
    }

    public void Dispose()
    {
        _chain.Dispose();
        _directory.Dispose();
    }

    // Hashed, as real addresses are spread.
    private static Address Receiver(int number) => new(Blake2b.Hash(BitConverter.GetBytes(number)).ToArray()[..20]);

    private Transaction Transfer(int block, int index) => new TransactionBody
    {
        ChainId = Genesis.ChainId,
        Nonce = (ulong)block,
        GasLimit = new Gas(21_000),
        GasPrice = 1,
        To = Receiver(1 + (int)(((long)block * 7_919 * 31 + index) % _accounts)),
        Value = 1,
        ValidUntil = new Height((ulong)block + 1_000),
    }.Sign(_senders[index]);
}
