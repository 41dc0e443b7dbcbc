using EnergyChain.Core.Chain;
using EnergyChain.Core.Codec;
using EnergyChain.Core.Crypto;
using EnergyChain.Core.Primitives;
using EnergyChain.Node.Execution;
using EnergyChain.Node.Offline;
using EnergyChain.Node.Storage;
using EnergyChain.Node.Tests.Execution;
using EnergyChain.Node.Tests.Fakes;
using EnergyChain.Node.Verification;
using Microsoft.Extensions.Logging.Abstractions;

namespace EnergyChain.Node.Tests.Offline;

/// <summary>
/// A chain of a council that changes, with transfers, one of them with a memo, whose blocks a test may plant faults in:
/// what it changes is signed again by the true council, unless the signature is the fault.
/// </summary>
internal sealed class OfflineChain : IDisposable
{
    public const ulong Faulty = 12;

    private readonly GovernedChain _chain;
    private ulong _nonce;

    public OfflineChain(int blocks, ulong checkpointBlocks = 10)
    {
        _chain = new GovernedChain(new ChainOptions
        {
            CheckpointBlocks = checkpointBlocks,
            SegmentBytes = 4_096,
            LookupMemoryEntries = 64,
            ServesSnapshots = true,
            Background = static work =>
            {
                work();
                return Task.CompletedTask;
            },
        });
        _chain.Open();
        _chain.Vote();
        while (_chain.Chain.Head.Height.Value < (ulong)blocks)
        {
            _chain.Commit(Transfer(memo: false), Transfer(memo: true));
        }

        Head = _chain.Chain.Head;
        _chain.Close();
    }

    public static Genesis Genesis => GovernedChain.Genesis;

    public string Root => _chain.Root;

    public ChainHead Head { get; }

    public void Dispose() => _chain.Dispose();

    public DataDirectory Hold(IDisk? disk = null) => DataDirectory.Open(Root, Genesis.Hash, disk);

    public CommittedBlock BlockAt(ulong height)
    {
        using DataDirectory directory = Hold();
        using LookedAtChain chain = LookedAtChain.Open(directory);
        Assert.That(chain.Blocks.TryRead(new Height(height), out CommittedBlock? block));
        return block!;
    }

    /// <summary>Puts a block in the place of another one, with sound checksums.</summary>
    public void Plant(ulong height, CommittedBlock block)
    {
        using DataDirectory directory = Hold();
        using HeightLog log = HeightLog.Open(
            directory.Disk,
            directory.Blocks,
            Genesis.Hash,
            new HeightLogOptions(FileKind.Blocks, 4_096, IsRebuildable: false, MayStartLater: true),
            NullLogger.Instance);
        log.Replace(new Dictionary<ulong, byte[]> { [height] = Bcs.Encode(block) });
    }

    public VerifyReport Verify(VerifyRequest? request = null)
    {
        using DataDirectory directory = Hold();
        using LookedAtChain chain = LookedAtChain.Open(directory);
        VerifyJob job = new(Genesis, chain, request ?? new VerifyRequest());
        job.RequireRange();
        return job.Run(CancellationToken.None);
    }

    /// <summary>A block with another header, and a certificate of it by those who signed the block.</summary>
    public static CommittedBlock Resign(CommittedBlock committed, BlockHeader header, Term term)
    {
        byte[] signed = Vote.SignedBytes(VoteType.Precommit, header.Height, Round.Zero, header.Hash);
        CommitCertificate certificate = committed.Certificate with
        {
            Height = header.Height,
            BlockHash = header.Hash,
            Signatures =
            [
                .. committed.Certificate.Signers.Select(index => GovernedChain.Keys
                    .Single(key => key.PublicKey == term.Council[index].PublicKey)
                    .Sign(SigningDomain.Vote, Genesis.ChainId, signed)),
            ],
        };
        return new CommittedBlock(committed.Block with { Header = header }, certificate);
    }

    public static BlockHeader Change(
        BlockHeader header,
        BlockTime? time = null,
        ChainId? chainId = null,
        Hash32? parent = null,
        Hash32? state = null,
        Hash32? receipts = null,
        Gas? gas = null,
        Hash32? term = null,
        Hash32? evidence = null) => new()
        {
            ChainId = chainId ?? header.ChainId,
            Height = header.Height,
            Time = time ?? header.Time,
            ParentHash = parent ?? header.ParentHash,
            TransactionsRoot = header.TransactionsRoot,
            ParentStateRoot = state ?? header.ParentStateRoot,
            ParentReceiptsRoot = receipts ?? header.ParentReceiptsRoot,
            ParentGasUsed = gas ?? header.ParentGasUsed,
            TermHash = term ?? header.TermHash,
            NextTermHash = term ?? header.NextTermHash,
            Proposer = header.Proposer,
            LastCertificateHash = header.LastCertificateHash,
            EvidenceRoot = evidence ?? header.EvidenceRoot,
        };

    private Transaction Transfer(bool memo)
    {
        // The fifth account votes in no block.
        byte[] text = BitConverter.GetBytes(_nonce);
        ulong gasPrice = _chain.Chain.Head.Parameters.GasPrice == 1 ? 1UL : 2UL;
        return new TransactionBody
        {
            ChainId = Genesis.ChainId,
            Nonce = _nonce++,
            GasLimit = new Gas(30_000),
            GasPrice = gasPrice,
            To = TestKeys.Alice.Address,
            Value = 5,
            ValidUntil = new Height(10_000),
            MemoHash = memo ? Blake2b.Hash(text) : Hash32.Zero,
        }.Sign(GovernedChain.Keys[4], memo: memo ? text : (ReadOnlyMemory<byte>?)null);
    }
}
