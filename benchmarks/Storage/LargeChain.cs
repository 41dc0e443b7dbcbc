using EnergyChain.Core.Chain;
using EnergyChain.Core.Crypto;
using EnergyChain.Core.Numerics;
using EnergyChain.Core.Primitives;
using EnergyChain.Ledger.GenesisFormat;
using EnergyChain.Ledger.State;
using EnergyChain.Node.Execution;
using EnergyChain.Node.Storage;
using EnergyChain.Vm.State;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace EnergyChain.Benchmarks.Storage;

/// <summary>
/// A data directory with a large state: a checkpoint of it at block 1, and blocks of transfers after. The state is put
/// there by the checkpoint, since executing its way there would take far longer than what is measured. The
/// council's signatures are left out, which storage does not look at.
/// </summary>
internal sealed class LargeChain : IDisposable
{
    private readonly SigningKey _member = SigningKey.FromSeed(new byte[SigningKey.SeedSize]);
    private readonly string _root;
    private readonly int _accounts;
    private ulong _nonce;

    public LargeChain(string root, int accounts)
    {
        _root = root;
        _accounts = accounts;
        Genesis = new Genesis(
            new BlockTime(1_700_000_000_000),
            new ChainParameters { ChainId = new ChainId(7), GasPrice = 1 },
            new Council([new CouncilMember(_member.PublicKey)]),
            [new GenesisAccount(_member.Address, 1_000_000_000_000_000_000, default, [])]);
    }

    public Genesis Genesis { get; }

    /// <summary>The state: accounts with a balance, and the payer of the transfers.</summary>
    public WorldState State()
    {
        List<AccountChange> changes = [new(_member.Address, Account(1_000_000_000_000_000_000), WipesStorage: false)];
        for (uint number = 1; number <= _accounts; number++)
        {
            changes.Add(new AccountChange(Address.FromNumber(number), Account(number), WipesStorage: false));
        }

        WorldState state = new();
        state.Apply(new StateChanges(changes, [], []));
        return state;
    }

    public static AccountState Account(UInt256 balance) => new(0, balance, AccountState.EmptyCodeHash);

    /// <summary>Writes the genesis file, the checkpoint and so many blocks of so many transfers.</summary>
    public void Write(int blocks, int transactions)
    {
        File.WriteAllBytes(Path.Combine(_root, "genesis.json"), GenesisFile.Write(Genesis));
        WriteCheckpoint();
        using DataDirectory directory = Directory();
        using Chain chain = Open(directory, ulong.MaxValue);
        for (int i = 0; i < blocks; i++)
        {
            Commit(chain, transactions);
        }
    }

    /// <summary>Opens the data directory that <see cref="Write"/> made.</summary>
    public DataDirectory Directory() => DataDirectory.Open(Path.Combine(_root, "data"), Genesis.Hash);

    public Chain Open(DataDirectory directory, ulong checkpointBlocks, ILogger? logger = null) => Chain.Open(
        Genesis,
        directory,
        new ChainOptions { CheckpointBlocks = checkpointBlocks },
        logger ?? NullLogger.Instance);

    /// <summary>The block after a head.</summary>
    public CommittedBlock Next(ChainHead head, int transactions)
    {
        Transaction[] transfers = [.. Enumerable.Range(0, transactions).Select(_ => Transfer(head))];
        BlockHeader header = head.NextHeader(
            Genesis.ChainId,
            head.Time.AddMs(1_000),
            _member.Address,
            transfers.Select(static each => each.Id),
            head.Certificate,
            []);
        Block block = new(header, head.Certificate, [], transfers, head.ChangedTerm);
        return new CommittedBlock(block, new CommitCertificate(header.Height, default, header.Hash, [0], [default]));
    }

    public void Dispose() => _member.Dispose();

    private void WriteCheckpoint()
    {
        using DataDirectory directory = Directory();
        using (Chain chain = Open(directory, ulong.MaxValue))
        {
            Commit(chain, 0);
            ChainHead head = chain.Head;
            WorldState state = State();
            Checkpoints checkpoints = new(directory.Disk, directory.State, Genesis.Hash, NullLogger.Instance);
            CheckpointHead saved = new(
                head.Height, head.Hash, state.Root, head.ReceiptsRoot, head.GasUsed, head.Terms);
            checkpoints.Write(saved, state.Copy());
        }
    }

    private void Commit(Chain chain, int transactions)
    {
        CommitOutcome outcome = chain.Commit(Next(chain.Head, transactions));
        if (outcome != CommitOutcome.Committed)
        {
            throw new InvalidOperationException($"A block was not committed: {outcome}.");
        }
    }

    // To accounts all over the state, as those of a community are.
    private Transaction Transfer(ChainHead head)
    {
        uint to = (uint)((((long)_nonce * 7_919) % _accounts) + 1);
        TransactionBody body = new()
        {
            ChainId = Genesis.ChainId,
            Nonce = _nonce++,
            GasLimit = new Gas(21_000),
            GasPrice = 1,
            To = Address.FromNumber(to),
            Value = 1,
            ValidUntil = head.Height.Next.Next,
        };
        return body.Sign(_member);
    }
}
